package cofferdam.monitor.net;

import cofferdam.monitor.policy.NetworkPolicy;

/**
 * Holds each guest's port to the first so many source addresses that are heard on it, and gives no
 * port an address that another holds or was configured with. A port that loses its link lets go of
 * what was heard on it. The addresses of groups and zero are no station's, so none may send.
 */
final class PortSecurity implements IngressFilter {

    private final Segment segment;
    private final int limit;
    private final AddressSlots held;
    private final int[] count = new int[Segment.MAXIMUM_PORTS];

    /**
     * @param limit addresses for each port, from 1 to {@link
     * NetworkPolicy.PortSecurity#MAXIMUM_ADDRESSES}
     */
    PortSecurity(Segment segment, int limit) {
        if (limit < 1 || limit > NetworkPolicy.PortSecurity.MAXIMUM_ADDRESSES) {
            throw new IllegalArgumentException(
                    "port security with %d addresses is not between 1 and %d"
                            .formatted(limit, NetworkPolicy.PortSecurity.MAXIMUM_ADDRESSES));
        }
        this.segment = segment;
        this.limit = limit;
        held = new AddressSlots(limit * Segment.MAXIMUM_PORTS);
    }

    @Override
    public String name() {
        return "port-security";
    }

    @Override
    public boolean passes(FabricPort ingress, byte[] buffer, int offset, int length) {
        long source = FrameHeader.source(buffer, offset);
        int at = held.find(source);
        if (at >= 0) {
            return held.port(at) == ingress.number();
        }
        boolean free = FrameHeader.isStation(source)
                && count[ingress.number()] < limit
                && (segment.portsConfiguredWith(source) & ~ingress.bit()) == 0;
        if (free) {
            held.put(~at, source, ingress.number(), 0);
            count[ingress.number()]++;
        }
        return free;
    }

    @Override
    public void linkDown(FabricPort port) {
        held.removePort(port.number());
        count[port.number()] = 0;
    }
}
