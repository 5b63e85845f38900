package cofferdam.monitor.net;

import java.util.function.ToLongFunction;

/**
 * Keeps frames from ports, whatever the reason for which they would go there: forwarding, flooding
 * or promiscuous mode.
 *
 * @param name the policy key that asks for this filter
 * @param allowed the ports to which a frame from the given port may go, as a bit mask
 */
record EgressFilter(String name, ToLongFunction<FabricPort> allowed) {

    private static final long ALL = -1;

    /** Nothing goes to a guest whose interface has another address than it was configured with. */
    static EgressFilter macChanges(Segment segment) {
        return new EgressFilter("mac-changes", ingress -> ~segment.readdressedGuests());
    }

    /** Nothing goes from a guest to a guest. */
    static EgressFilter portIsolation(Segment segment) {
        return new EgressFilter(
                "port-isolation", ingress -> ingress.isGuest() ? ~segment.guests() : ALL);
    }
}
