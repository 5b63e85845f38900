package cofferdam.monitor.net;

/**
 * What follows the extension headers of an IPv6 packet (RFC 8200, section 4).
 *
 * @param state how much can be told
 * @param protocol the protocol of what follows; 0 unless the state is {@link State#WHOLE} or {@link
 *     State#FIRST_FRAGMENT}
 * @param at where it begins, not after {@code end}
 * @param end where the packet ends; padding may follow
 */
record Ipv6Chain(State state, int protocol, int at, int end) {

    static final int HEADER_BYTES = 40;
    static final int ICMPV6 = 58;
    static final int UDP = 17;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MOBILITY = 135;
    private static final int HOST_IDENTITY = 139;
    private static final int SHIM6 = 140;

    /** Numbers above are not assigned, or for experiments (RFC 7045); what they are is unknown. */
    private static final int LAST_ASSIGNED = 144;

    private static final int UNIT = 8;
    private static final int OFFSET_OF_FRAGMENT = 0xfff8;

    /** How much can be told of what follows. */
    enum State {
        /** All of it: the packet is no fragment. */
        WHOLE,
        /** Its beginning. */
        FIRST_FRAGMENT,
        /** Nothing: the packet is a later fragment, and the beginning was in another. */
        LATER_FRAGMENT,
        /** Nothing: the packet is malformed, cut off, or has a header that nobody knows. */
        UNKNOWN
    }

    /** Walks the chain of the packet at {@code at}, in a frame that ends at {@code frameEnd}. */
    static Ipv6Chain of(byte[] buffer, int at, int frameEnd) {
        if (!isWhole(buffer, at, frameEnd)) {
            return unknown();
        }
        int end = at + HEADER_BYTES + FrameHeader.u16(buffer, at + 4);
        int protocol = buffer[at + 6] & 0xff;
        int next = at + HEADER_BYTES;
        State state = State.WHOLE;
        while (isExtension(protocol)) {
            if (end - next < UNIT) {
                return unknown();
            }
            if (protocol == FRAGMENT) {
                state = State.FIRST_FRAGMENT;
                if ((FrameHeader.u16(buffer, next + 2) & OFFSET_OF_FRAGMENT) != 0) {
                    return new Ipv6Chain(State.LATER_FRAGMENT, 0, end, end);
                }
            }
            int bytes = extensionBytes(protocol, buffer, next);
            protocol = buffer[next] & 0xff;
            next += bytes;
        }
        return next > end || protocol > LAST_ASSIGNED
                ? unknown()
                : new Ipv6Chain(state, protocol, next, end);
    }

    /** Whether the header and all that it promises is there. */
    static boolean isWhole(byte[] buffer, int at, int frameEnd) {
        return frameEnd - at >= HEADER_BYTES
                && (buffer[at] & 0xf0) == 0x60
                && FrameHeader.u16(buffer, at + 4) <= frameEnd - at - HEADER_BYTES;
    }

    /** Bytes of what follows that are there. */
    int bytes() {
        return end - at;
    }

    private static Ipv6Chain unknown() {
        return new Ipv6Chain(State.UNKNOWN, 0, 0, 0);
    }

    private static boolean isExtension(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP,
                    ROUTING,
                    FRAGMENT,
                    AUTHENTICATION,
                    DESTINATION_OPTIONS,
                    MOBILITY,
                    HOST_IDENTITY,
                    SHIM6 -> true;
            default -> false;
        };
    }

    /** The fragment header's second byte is reserved; authentication counts in 4 bytes. */
    private static int extensionBytes(int protocol, byte[] buffer, int at) {
        int length = buffer[at + 1] & 0xff;
        return switch (protocol) {
            case FRAGMENT -> UNIT;
            case AUTHENTICATION -> (length + 2) * Integer.BYTES;
            default -> (length + 1) * UNIT;
        };
    }
}
