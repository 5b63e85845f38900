package cofferdam.monitor.net;

import cofferdam.monitor.address.Ipv4Address;

/** Reads the header of an IPv4 packet (RFC 791) in place. */
final class Ipv4Header {

    static final int UDP = 17;

    private static final int MINIMUM_BYTES = 20;
    private static final int FRAGMENT_OFFSET = 0x1fff;

    private Ipv4Header() {}

    /** Whether the whole packet is there: header with options, and all that its length promises. */
    static boolean isWhole(byte[] buffer, int at, int end) {
        if (end - at < MINIMUM_BYTES || (buffer[at] & 0xf0) != 0x40) {
            return false;
        }
        int header = headerBytes(buffer, at);
        int total = FrameHeader.u16(buffer, at + 2);
        return header >= MINIMUM_BYTES && header <= total && total <= end - at;
    }

    /** Where the payload of a whole packet begins. */
    static int payload(byte[] buffer, int at) {
        return at + headerBytes(buffer, at);
    }

    /** Where a whole packet ends; padding may follow. */
    static int end(byte[] buffer, int at) {
        return at + FrameHeader.u16(buffer, at + 2);
    }

    static int protocol(byte[] buffer, int at) {
        return buffer[at + 9] & 0xff;
    }

    /** Whether the payload is not the beginning of what was sent. */
    static boolean isLaterFragment(byte[] buffer, int at) {
        return (FrameHeader.u16(buffer, at + 6) & FRAGMENT_OFFSET) != 0;
    }

    static Ipv4Address source(byte[] buffer, int at) {
        return Ipv4Address.read(buffer, at + 12);
    }

    private static int headerBytes(byte[] buffer, int at) {
        return (buffer[at] & 0x0f) * Integer.BYTES;
    }
}
