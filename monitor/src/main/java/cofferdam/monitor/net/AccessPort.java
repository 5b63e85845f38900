package cofferdam.monitor.net;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.VlanPolicy.TaggedOnAccess;

/**
 * A port of one virtual LAN (IEEE Std 802.1Q), for frames without a tag; what becomes of tagged
 * ones is configured. Filters see a frame as it came.
 */
final class AccessPort implements GuestPort {

    private final FabricPort port;
    private final int network;
    private final TaggedOnAccess tagged;
    private final DropCounter dropped;

    /**
     * @param port of the virtual LAN's own fabric
     * @param network the virtual LAN's identifier
     */
    AccessPort(FabricPort port, int network, TaggedOnAccess tagged, DropCounter dropped) {
        this.port = port;
        this.network = network;
        this.tagged = tagged;
        this.dropped = dropped;
    }

    @Override
    public void accept(byte[] buffer, int offset, int length) {
        if (!isTagged(buffer, offset, length) || tagged == TaggedOnAccess.PASS) {
            port.accept(buffer, offset, length);
        } else if (tagged == TaggedOnAccess.OWN && isOwn(buffer, offset, length)) {
            port.acceptTagged(buffer, offset, length);
        } else {
            dropped.count(port.name(), VlanBridge.NAME);
        }
    }

    @Override
    public void linkDown() {
        port.linkDown();
    }

    @Override
    public void linkUp() {
        port.linkUp();
    }

    @Override
    public void addressChanged(MacAddress address) {
        port.addressChanged(address);
    }

    @Override
    public boolean promiscuous(boolean requested) {
        return port.promiscuous(requested);
    }

    private static boolean isTagged(byte[] buffer, int offset, int length) {
        return length >= Ethernet.HEADER_BYTES && FrameHeader.isTagged(buffer, offset);
    }

    private boolean isOwn(byte[] buffer, int offset, int length) {
        if (!Tags.hasCustomerTag(buffer, offset, length)) {
            return false;
        }
        int named = Tags.network(buffer, offset);
        return named == network || named == Tags.PRIORITY_ONLY;
    }
}
