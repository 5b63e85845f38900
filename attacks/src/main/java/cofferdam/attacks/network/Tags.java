package cofferdam.attacks.network;

import cofferdam.monitor.address.MacAddress;

import java.util.Arrays;

/**
 * VLAN tags of customers (IEEE Std 802.1Q, clause 9.6): after the source address 0x8100, then 16
 * bits of which the low 12 name the virtual LAN.
 */
final class Tags {

    /** Names no virtual LAN: such a tag carries a priority alone. */
    static final int PRIORITY = 0;

    private static final int TYPE = 0x8100;
    private static final int BYTES = 4;
    private static final int AT = 2 * MacAddress.BYTES;

    private Tags() {}

    /** A copy of the frame with one more tag, outside of those that it has. */
    static byte[] add(byte[] frame, int network) {
        byte[] tagged = new byte[frame.length + BYTES];
        System.arraycopy(frame, 0, tagged, 0, AT);
        put16(tagged, AT, TYPE);
        put16(tagged, AT + 2, network);
        System.arraycopy(frame, AT, tagged, AT + BYTES, frame.length - AT);
        return tagged;
    }

    /** The frame with so many tags that name no virtual LAN. */
    static byte[] addPriority(byte[] frame, int tags) {
        byte[] tagged = Arrays.copyOf(frame, frame.length);
        for (int tag = 0; tag < tags; tag++) {
            tagged = add(tagged, PRIORITY);
        }
        return tagged;
    }

    private static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> Byte.SIZE);
        bytes[at + 1] = (byte) value;
    }
}
