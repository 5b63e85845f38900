package cofferdam.monitor.policy;

/**
 * How the fabric keeps virtual LANs apart (IEEE Std 802.1Q).
 *
 * @param guestPorts what a guest's port is
 * @param taggedOnAccess what becomes of a tagged frame from an access port; without meaning where
 *     guests have trunks
 * @param nativeNetwork the virtual LAN whose frames a trunk to another switch carries without a
 *     tag, from 1 to 4094; 0 where the fabric knows no virtual LANs
 */
public record VlanPolicy(GuestPorts guestPorts, TaggedOnAccess taggedOnAccess, int nativeNetwork) {

    /** The fabric knows no virtual LANs. */
    public static final VlanPolicy NONE = new VlanPolicy(GuestPorts.ACCESS, TaggedOnAccess.DROP, 0);

    /** Whether the fabric knows virtual LANs. */
    public boolean on() {
        return nativeNetwork != 0;
    }

    /** What a guest's port is. */
    public enum GuestPorts {
        /** A port of the guest's virtual LAN, for frames without a tag. */
        ACCESS,
        /** The same, and for frames of every virtual LAN that have its tag. */
        TRUNK
    }

    /** What becomes of a tagged frame from an access port. */
    public enum TaggedOnAccess {
        /** It is dropped. */
        DROP,
        /** It loses its first tag if that names the port's own virtual LAN; others are dropped. */
        OWN,
        /** It is carried in the port's own virtual LAN as it is, tag and all. */
        PASS
    }
}
