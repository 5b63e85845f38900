package cofferdam.monitor.net;

/** Decides whether a frame from a guest's port enters the fabric. */
interface IngressFilter {

    /** The policy key that asks for this filter. */
    String name();

    /** Whether the frame, which has a whole Ethernet header, may go on. */
    boolean passes(FabricPort ingress, byte[] buffer, int offset, int length);

    /** The port lost its link. */
    default void linkDown(FabricPort port) {}

    /** The port got its link. */
    default void linkUp(FabricPort port) {}

    /** Lets no frame with a VLAN tag pass. */
    static IngressFilter untagged() {
        return new IngressFilter() {
            @Override
            public String name() {
                return "tagged";
            }

            @Override
            public boolean passes(FabricPort ingress, byte[] buffer, int offset, int length) {
                return !FrameHeader.isTagged(buffer, offset);
            }
        };
    }

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
