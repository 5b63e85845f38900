package cofferdam.monitor.net;

import cofferdam.monitor.policy.NetworkPolicy;

import java.util.List;

/**
 * What the fabric asks and grants at a port.
 *
 * @param promiscuous what a request for promiscuous mode is granted
 * @param beforeLearning filters of frames that come in, in order, before their source is learned
 * @param afterLearning filters of frames that come in, in order, after their source was learned
 */
record PortPolicy(
        Grant promiscuous, List<IngressFilter> beforeLearning, List<IngressFilter> afterLearning) {

    /** No filter; promiscuous mode in full. For ports of whoever runs the fabric. */
    static final PortPolicy TRUSTED = new PortPolicy(new Grant(true, true), List.of(), List.of());

    PortPolicy {
        beforeLearning = List.copyOf(beforeLearning);
        afterLearning = List.copyOf(afterLearning);
    }

    /**
     * What a request for promiscuous mode is granted.
     *
     * @param opensInterface whether the interface stops filtering by address
     * @param copiesSegment whether the fabric copies every frame of the segment to the port
     */
    record Grant(boolean opensInterface, boolean copiesSegment) {

        static Grant of(NetworkPolicy.Promiscuous promiscuous) {
            return switch (promiscuous) {
                case REJECT -> new Grant(false, false);
                case OWN_PORT -> new Grant(true, false);
                case ACCEPT -> new Grant(true, true);
            };
        }
    }
}
