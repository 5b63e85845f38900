package cofferdam.monitor.net;

import cofferdam.monitor.address.MacAddress;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A port of several virtual LANs (IEEE Std 802.1Q): a frame's first tag names its own, and those of
 * one of them have none. A tag that names that one is taken off too. Frames of virtual LANs that
 * the switch does not have are dropped. Filters see a frame as it came.
 */
final class TrunkPort implements GuestPort {

    private final FabricPort untagged;
    private final Map<Integer, FabricPort> ports;
    private final DropCounter dropped;

    /**
     * @param untagged the port of the virtual LAN whose frames have no tag
     * @param ports of the virtual LANs' fabrics, that one among them, by identifier
     */
    TrunkPort(FabricPort untagged, Map<Integer, FabricPort> ports, DropCounter dropped) {
        this.untagged = untagged;
        this.ports = new LinkedHashMap<>(ports);
        this.dropped = dropped;
    }

    @Override
    public void accept(byte[] buffer, int offset, int length) {
        if (!Tags.hasCustomerTag(buffer, offset, length)) {
            untagged.accept(buffer, offset, length);
            return;
        }
        int named = Tags.network(buffer, offset);
        FabricPort port = named == Tags.PRIORITY_ONLY ? untagged : ports.get(named);
        if (port == null) {
            dropped.count(untagged.name(), VlanBridge.NAME);
        } else {
            port.acceptTagged(buffer, offset, length);
        }
    }

    @Override
    public void linkDown() {
        ports.values().forEach(FabricPort::linkDown);
    }

    @Override
    public void linkUp() {
        ports.values().forEach(FabricPort::linkUp);
    }

    @Override
    public void addressChanged(MacAddress address) {
        ports.values().forEach(port -> port.addressChanged(address));
    }

    @Override
    public boolean promiscuous(boolean requested) {
        boolean open = false;
        for (FabricPort port : ports.values()) {
            open |= port.promiscuous(requested);
        }
        return open;
    }
}
