package cofferdam.monitor.net;

import java.util.Arrays;

/**
 * The ports of one fabric, and sets of them as bit masks, bit <i>n</i> for the port of number
 * <i>n</i>.
 */
final class Segment {

    /** The most ports of a fabric: the bits of a mask. */
    static final int MAXIMUM_PORTS = Long.SIZE;

    private FabricPort[] ports = {};
    private long attached;
    private long guests;
    private long uplinks;
    private long readdressedGuests;
    private long copied;

    /** The number of the next port. */
    int nextNumber() {
        if (ports.length == MAXIMUM_PORTS) {
            throw new IllegalStateException(
                    "fabric has %d ports already, the most it can have".formatted(MAXIMUM_PORTS));
        }
        return ports.length;
    }

    void add(FabricPort port) {
        ports = Arrays.copyOf(ports, ports.length + 1);
        ports[port.number()] = port;
        refresh();
    }

    /** Computes the masks anew, after a port has changed. */
    void refresh() {
        attached = 0;
        guests = 0;
        uplinks = 0;
        readdressedGuests = 0;
        copied = 0;
        for (FabricPort port : ports) {
            long bit = port.bit();
            attached |= bit;
            guests |= port.isGuest() ? bit : 0;
            uplinks |= port.isUplink() ? bit : 0;
            readdressedGuests |= port.isGuest() && port.isReaddressed() ? bit : 0;
            copied |= port.isCopied() ? bit : 0;
        }
    }

    FabricPort port(int number) {
        return ports[number];
    }

    /** All ports. */
    long attached() {
        return attached;
    }

    /** The ports of guests. */
    long guests() {
        return guests;
    }

    /** The ports behind which there may be any station. */
    long uplinks() {
        return uplinks;
    }

    /** The ports of guests whose interface has another address than it was configured with. */
    long readdressedGuests() {
        return readdressedGuests;
    }

    /** The ports to which every frame of the segment is copied. */
    long copied() {
        return copied;
    }

    /** The ports whose interface has this address now. */
    long portsWith(long address) {
        long found = 0;
        for (FabricPort port : ports) {
            found |= port.currentAddress() == address ? port.bit() : 0;
        }
        return found;
    }

    /** The ports whose interface was configured with this address. */
    long portsConfiguredWith(long address) {
        long found = 0;
        for (FabricPort port : ports) {
            found |= port.configuredAddress() == address ? port.bit() : 0;
        }
        return found;
    }
}
