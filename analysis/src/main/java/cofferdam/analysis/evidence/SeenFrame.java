package cofferdam.analysis.evidence;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.pcapng.CapturedFrame;

import java.util.ArrayList;
import java.util.List;

/**
 * A dissected frame of a capture.
 *
 * @param destination 48 bits, or -1 where the frame is too short to have addresses
 * @param source 48 bits, or -1
 * @param tags what its VLAN tags say (IEEE Std 802.1Q), the outermost first; at most {@link
 *     #MAXIMUM_TAGS}
 * @param content what is behind all tags
 */
public record SeenFrame(
        CapturedFrame frame, long destination, long source, List<Tag> tags, Content content) {

    /** The most tags of a frame that are kept; whatever is behind more is dissected all the same. */
    public static final int MAXIMUM_TAGS = 64;

    private static final long GROUP_BIT = 1L << 40;

    /**
     * A VLAN tag.
     *
     * @param type the protocol identifier: 8100 a customer's, 88a8 a provider's
     * @param network the identifier of the virtual LAN, 12 bits
     */
    public record Tag(int type, int network) {}

    public SeenFrame {
        tags = List.copyOf(tags);
    }

    /** Whether the frame is for a group of stations, or for all. */
    public boolean isToGroup() {
        return destination >= 0 && (destination & GROUP_BIT) != 0;
    }

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

    /** The whole frame in a form to compare. */
    public Unpadded unpadded() {
        return new Unpadded(frame.bytes());
    }

    /** The same without its VLAN tags, which switches take away and put on. */
    public Unpadded untagged() {
        return new Unpadded(Dissector.withoutTags(frame.bytes(), new ArrayList<>()));
    }

    /** Whether VLAN tags stand before the EtherType. */
    public boolean isTagged() {
        return !tags.isEmpty();
    }
}
