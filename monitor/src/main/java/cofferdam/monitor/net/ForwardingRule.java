package cofferdam.monitor.net;

import java.util.List;

/**
 * Decides to which ports of a fabric a frame goes. A set of ports is a bit mask, bit <i>n</i> for
 * the port of number <i>n</i>. The fabric itself takes the port that a frame came from out of it.
 */
interface ForwardingRule {

    /**
     * Takes note of the source address of a frame.
     *
     * @return whether the frame may go on; a rule that says no has counted the drop
     */
    boolean learn(FabricPort ingress, long source);

    /** The ports to which a frame for this address goes. */
    long destinations(FabricPort ingress, long destination);

    /** The addresses that were learned and are still known, sorted. */
    List<LearnedAddress> learned();

    /** The port lost its link. */
    void linkDown(FabricPort port);

    /** Where a frame goes whose destination no port is known to have. */
    @FunctionalInterface
    interface Unknown {
        /** The ports; a rule that drops has counted the drop. */
        long destinations(FabricPort ingress);
    }
}
