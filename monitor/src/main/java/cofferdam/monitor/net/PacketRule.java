package cofferdam.monitor.net;

/** Decides whether a packet of one protocol, in a frame from a guest's port, may go on. */
@FunctionalInterface
interface PacketRule {

    /** None of this protocol. */
    PacketRule NEVER = (ingress, buffer, at, end) -> false;

    /**
     * Whether the packet may go on.
     *
     * @param at where the packet begins
     * @param end where the frame ends, not before {@code at}; the packet may end before
     */
    boolean passes(FabricPort ingress, byte[] buffer, int at, int end);

    /** The port lost its link. */
    default void linkDown(FabricPort port) {}
}
