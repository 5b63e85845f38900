package cofferdam.monitor.net;

import cofferdam.monitor.policy.PacketGuards;

/** Where filters look for the protocol of a frame. */
enum Sight {
    /** At the first EtherType, which is that of a tag if there is one. */
    FIRST_TYPE,
    /** At the EtherType behind all tags. */
    BEHIND_TAGS;

    /** Where tags are dropped, none is left to look behind. */
    static Sight of(PacketGuards.Tagged tagged) {
        return tagged == PacketGuards.Tagged.PASS ? FIRST_TYPE : BEHIND_TAGS;
    }

    /** Where, counted from the frame's start, the EtherType lies; may be beyond the frame's end. */
    int typeOffset(byte[] buffer, int offset, int length) {
        return this == FIRST_TYPE
                ? FrameHeader.TYPE_OFFSET
                : FrameHeader.typeOffset(buffer, offset, length);
    }
}
