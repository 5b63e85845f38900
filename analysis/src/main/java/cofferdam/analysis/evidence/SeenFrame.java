package cofferdam.analysis.evidence;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.pcapng.CapturedFrame;

import java.util.List;

/**
 * A dissected frame of a capture.
 *
 * @param destination 48 bits, or -1 where the frame is too short to have addresses
 * @param source 48 bits, or -1
 * @param content what is behind all VLAN tags
 */
public record SeenFrame(CapturedFrame frame, long destination, long source, Content content) {

    /** The most virtual LANs that are told of a frame. */
    public static final int MAXIMUM_NETWORKS = 64;

    /** The first bit of an address on the wire (IEEE Std 802-2014, section 8.2.2). */
    private static final long GROUP_BIT = 1L << 40;

    /** Nanoseconds since 1970-01-01T00:00:00Z. */
    public long time() {
        return frame.time();
    }

    /** Whether the frame names this station as its sender. */
    public boolean from(MacAddress station) {
        return source == station.value();
    }

    /** Whether the frame is for this station. */
    public boolean to(MacAddress station) {
        return destination == station.value();
    }

    /** Whether the frame is for a group of stations, or all of them. */
    public boolean isToGroup() {
        return destination >= 0 && (destination & GROUP_BIT) != 0;
    }

    /** The whole frame in a form to compare. */
    public Unpadded unpadded() {
        return new Unpadded(frame.bytes());
    }

    /** The same without its VLAN tags, which switches take away and put on. */
    public Unpadded untagged() {
        return new Unpadded(VlanTags.without(frame.bytes()));
    }

    /**
     * The virtual LANs that its tags name, the outermost first, 12 bits each; at most {@link
     * #MAXIMUM_NETWORKS} of them.
     */
    public List<Integer> networks() {
        return VlanTags.networks(frame.bytes(), MAXIMUM_NETWORKS);
    }

    /** How many VLAN tags stand before the EtherType. */
    public int tags() {
        return VlanTags.count(frame.bytes());
    }
}
