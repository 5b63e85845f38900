package cofferdam.monitor.policy;

import java.time.Duration;

/**
 * How the network that the guests are attached to is configured. With {@link
 * MonitorPolicy.Type#PHYSICAL} this is the physical switch itself.
 *
 * @param mode what the fabric does with frames
 * @param promiscuous what a guest's request for promiscuous mode does
 * @param macChanges whether a guest that changed its address still receives
 * @param forgedTransmits whether a guest may send from an address that is not its configured one
 * @param macLearning where the fabric knows addresses from; without meaning in {@link Mode#SHARED}
 * @param macTable the bounds of a learning fabric's table
 * @param unknownUnicast what happens to frames for an address that the fabric does not know
 * @param portSecurity how many addresses may send from one guest's port
 * @param arpInspection whether ARP packets from guests are held against the configured addresses
 * @param portIsolation whether guests' ports are kept from each other
 * @param rateLimit how many bits a second may come from a guest's port, and how many may go to it,
 *     in whole thousands up to {@link #MAXIMUM_RATE}; 0 without limit
 * @param guards what the fabric looks for in packets from guests; its keys stand beside the others
 * @param vlan how the fabric keeps virtual LANs apart
 */
public record NetworkPolicy(
        Mode mode,
        Promiscuous promiscuous,
        Permission macChanges,
        Permission forgedTransmits,
        MacLearning macLearning,
        MacTable macTable,
        UnknownUnicast unknownUnicast,
        PortSecurity portSecurity,
        ArpInspection arpInspection,
        boolean portIsolation,
        long rateLimit,
        PacketGuards guards,
        VlanPolicy vlan) {

    /** The least and the greatest limit in bits a second. */
    public static final long MINIMUM_RATE = 64_000;

    public static final long MAXIMUM_RATE = 100_000_000_000L;

    /** What the fabric does with frames. */
    public enum Mode {
        /** Sends a frame to the port of its destination. */
        SWITCHED,
        /** Sends every frame to every port, as a hub. */
        SHARED
    }

    /** What a guest's request for promiscuous mode does. */
    public enum Promiscuous {
        /** Nothing: the interface still filters by address. */
        REJECT,
        /**
         * The interface passes up whatever the fabric sends to its port, but the fabric sends no
         * more than before.
         */
        OWN_PORT,
        /** The fabric also copies every frame of the segment to that port. */
        ACCEPT
    }

    /** Whether something is let through. */
    public enum Permission {
        ACCEPT,
        REJECT
    }

    /** Where the fabric knows addresses from. */
    public enum MacLearning {
        /** From the source addresses of frames (IEEE Std 802.1Q, clause 8.7). */
        LEARN,
        /** From the configuration of the machines' interfaces alone. */
        STATIC,
        /** It knows none; every frame goes everywhere. */
        OFF
    }

    /** What a learning fabric does with a new source address when its table is full. */
    public enum WhenFull {
        /** Forwards the frame and does not learn; frames to that address are flooded. */
        FLOOD,
        /** Drops the frame. */
        DROP,
        /** Forgets the address that was heard longest ago. */
        EVICT
    }

    /** What happens to frames for an address that the fabric does not know. */
    public enum UnknownUnicast {
        /** They go to every port, or with {@link MacLearning#STATIC} to the uplink. */
        FLOOD,
        /** They are dropped. */
        DROP
    }

    /**
     * The bounds of a learning fabric's table.
     *
     * @param size addresses, from 1 to {@link #MAXIMUM_SIZE}
     * @param ageing how long an address is known after it was last heard, up to {@link
     *     #MAXIMUM_AGEING}
     */
    public record MacTable(int size, WhenFull whenFull, Duration ageing) {
        public static final int MAXIMUM_SIZE = 65_536;
        public static final Duration MAXIMUM_AGEING = Duration.ofSeconds(1_000_000);
    }

    /**
     * Port security: only so many source addresses may send from a guest's port, the first that are
     * heard, and none that another port already holds.
     *
     * @param addresses the most addresses a port, from 1 to {@link #MAXIMUM_ADDRESSES}; 0 where
     *     port security is off
     */
    public record PortSecurity(int addresses) {
        public static final int MAXIMUM_ADDRESSES = 4096;

        /** No limit. */
        public static final PortSecurity OFF = new PortSecurity(0);

        /** Whether there is a limit. */
        public boolean on() {
            return addresses > 0;
        }
    }

    /**
     * Dynamic ARP inspection with static bindings: the addresses that the machines were configured
     * with.
     *
     * @param stage whether it is on, and whether it drops before or after the fabric has learned
     *     the source address
     * @param validateSource whether the Ethernet source must also equal the ARP sender hardware
     *     address
     * @param sender which sender addresses pass
     */
    public record ArpInspection(Stage stage, boolean validateSource, Sender sender) {

        /** No inspection. */
        public static final ArpInspection OFF =
                new ArpInspection(Stage.OFF, /* validateSource= */ false, Sender.BINDING);

        /** When the inspection takes place. */
        public enum Stage {
            OFF,
            BEFORE_LEARNING,
            AFTER_LEARNING
        }

        /** Which sender addresses of an ARP packet pass. */
        public enum Sender {
            /** The pair that is the binding of the port. */
            BINDING,
            /** The hardware address of the port, with any protocol address. */
            MAC,
            /** The protocol address of the port or 0.0.0.0, with any hardware address. */
            IP,
            /** The hardware address of the port, with its protocol address or 0.0.0.0. */
            MAC_AND_IP
        }
    }
}
