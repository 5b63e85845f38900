package cofferdam.monitor.net;

/** Decides whether a frame from a guest's port enters the fabric. */
interface IngressFilter {

    /** The policy key that asks for this filter. */
    String name();

    /** Whether the frame, which has a whole Ethernet header, may go on. */
    boolean passes(FabricPort ingress, byte[] buffer, int offset, int length);

    /** The port lost its link. */
    default void linkDown(FabricPort port) {}

    /** Lets a guest send only from the address that its interface was configured with. */
    static IngressFilter forgedTransmits() {
        return new IngressFilter() {
            @Override
            public String name() {
                return "forged-transmits";
            }

            @Override
            public boolean passes(FabricPort ingress, byte[] buffer, int offset, int length) {
                return FrameHeader.source(buffer, offset) == ingress.configuredAddress();
            }
        };
    }
}
