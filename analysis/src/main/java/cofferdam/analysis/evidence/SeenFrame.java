package cofferdam.analysis.evidence;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.pcapng.CapturedFrame;

/**
 * A dissected frame of a capture.
 *
 * @param destination 48 bits, or -1 where the frame is too short to have addresses
 * @param source 48 bits, or -1
 */
public record SeenFrame(CapturedFrame frame, long destination, long source, Content content) {

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
        return new Unpadded(VlanTags.without(frame.bytes()));
    }

    /** How many VLAN tags stand before the EtherType. */
    public int tags() {
        return VlanTags.count(frame.bytes());
    }
}
