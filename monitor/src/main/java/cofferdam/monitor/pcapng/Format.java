package cofferdam.monitor.pcapng;

/**
 * Numbers of the pcapng format (draft-ietf-opsawg-pcapng, sections 3 and 4). Every block is: type 4
 * bytes, total length 4, body, total length 4 again; lengths are multiples of 4. An option is: code
 * 2 bytes, length 2, value padded to a multiple of 4.
 */
final class Format {

    static final int SECTION_HEADER = 0x0a0d0d0a;
    static final int INTERFACE_DESCRIPTION = 1;
    static final int OBSOLETE_PACKET = 2;
    static final int SIMPLE_PACKET = 3;
    static final int NAME_RESOLUTION = 4;
    static final int ENHANCED_PACKET = 6;

    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    static final int MAJOR_VERSION = 1;
    static final int ETHERNET = 1;

    /** Type and length before a block's body. */
    static final int BLOCK_HEADER_BYTES = 8;

    /** Type, length and length again: what a block without a body has. */
    static final int BLOCK_OVERHEAD_BYTES = 12;

    /**
     * Bytes of a section header's body before its options: magic 4, version 2 + 2, section length
     * 8.
     */
    static final int SECTION_FIXED_BYTES = 16;

    /**
     * Bytes of an interface description's body before its options: link type 2, reserved 2, snap
     * length 4.
     */
    static final int INTERFACE_FIXED_BYTES = 8;

    /**
     * Bytes of an enhanced packet's body before the frame: interface 4, time 8, captured 4,
     * original 4.
     */
    static final int PACKET_FIXED_BYTES = 20;

    static final int OPTION_HEADER_BYTES = 4;
    static final int END_OF_OPTIONS = 0;
    static final int COMMENT = 1;
    static final int PACKET_FLAGS = 2;
    static final int INTERFACE_NAME = 2;
    static final int INTERFACE_DESCRIPTION_TEXT = 3;
    static final int USER_APPLICATION = 4;
    static final int INTERFACE_MAC = 6;
    static final int TIME_RESOLUTION = 9;
    static final int TIME_OFFSET = 14;

    static final int NAMES_END = 0;
    static final int NAMES_IPV4 = 1;
    static final int NAMES_IPV6 = 2;

    static final int FLAGS_BYTES = 4;
    static final int DIRECTION_MASK = 3;
    static final int INBOUND = 1;
    static final int OUTBOUND = 2;

    /** The most bytes of an option's or a name record's value: its length is 16 bits. */
    static final int MAXIMUM_VALUE_BYTES = 0xffff;

    private Format() {}

    /** The length with the padding that brings it to a multiple of 4. */
    static int padded(int length) {
        return Math.addExact(length, 3) & ~3;
    }
}
