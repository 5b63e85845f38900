package cofferdam.monitor.net;

import java.util.Arrays;

/**
 * Puts in and takes out the tag of IEEE Std 802.1Q, clause 9.6: EtherType 0x8100, then 3 bits of
 * priority, 1 bit of drop eligibility and 12 bits of virtual LAN identifier.
 */
final class Tags {

    /** The identifier of a tag that names no virtual LAN, only a priority. */
    static final int PRIORITY_ONLY = 0;

    private static final int IDENTIFIER = 0xfff;

    private Tags() {}

    /** Whether the first EtherType is that of a tag of IEEE Std 802.1Q, and the tag is whole. */
    static boolean hasCustomerTag(byte[] buffer, int offset, int length) {
        int type = FrameHeader.TYPE_OFFSET;
        return length >= type + FrameHeader.TAG_BYTES + 2
                && FrameHeader.u16(buffer, offset + type) == FrameHeader.CUSTOMER_TAG;
    }

    /** The virtual LAN that the first tag names. */
    static int network(byte[] buffer, int offset) {
        return FrameHeader.u16(buffer, offset + FrameHeader.TYPE_OFFSET + 2) & IDENTIFIER;
    }

    /** A copy of a tagged frame without its first tag. */
    static byte[] stripped(byte[] buffer, int offset, int length) {
        int type = FrameHeader.TYPE_OFFSET;
        byte[] frame = new byte[length - FrameHeader.TAG_BYTES];
        System.arraycopy(buffer, offset, frame, 0, type);
        int rest = type + FrameHeader.TAG_BYTES;
        System.arraycopy(buffer, offset + rest, frame, type, length - rest);
        return frame;
    }

    /** A copy of a frame with a tag of priority 0 in front of its first EtherType. */
    static byte[] tagged(byte[] buffer, int offset, int length, int network) {
        int type = FrameHeader.TYPE_OFFSET;
        byte[] frame = Arrays.copyOfRange(buffer, offset, offset + length + FrameHeader.TAG_BYTES);
        frame[type] = (byte) (FrameHeader.CUSTOMER_TAG >> Byte.SIZE);
        frame[type + 1] = (byte) FrameHeader.CUSTOMER_TAG;
        frame[type + 2] = (byte) (network >> Byte.SIZE);
        frame[type + 3] = (byte) network;
        System.arraycopy(buffer, offset + type, frame, type + FrameHeader.TAG_BYTES, length - type);
        return frame;
    }
}
