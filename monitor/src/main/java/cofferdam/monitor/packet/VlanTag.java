package cofferdam.monitor.packet;

import cofferdam.monitor.address.MacAddress;

/**
 * A tag of a virtual LAN (IEEE Std 802.1Q, clause 9): protocol identifier 16 bits, priority 3 bits,
 * drop eligible 1 bit, identifier 12 bits. It stands behind the addresses of a frame.
 *
 * @param service whether it is a provider's outer tag (802.1ad, protocol identifier 88a8), else a
 *     customer's (8100)
 * @param priority 0 to 7
 * @param identifier 0 (only a priority) to 4095
 */
public record VlanTag(boolean service, int priority, int identifier) {

    /** Bytes that a tag adds to a frame. */
    public static final int BYTES = 4;

    /** Protocol identifier of a customer's tag. */
    public static final int CUSTOMER = 0x8100;

    /** Protocol identifier of a provider's tag. */
    public static final int SERVICE = 0x88a8;

    /** The largest value of the identifier's field. */
    public static final int MAXIMUM_IDENTIFIER = 0xfff;

    private static final int MAXIMUM_PRIORITY = 7;
    private static final int PRIORITY_SHIFT = 13;
    private static final int AT = 2 * MacAddress.BYTES;

    public VlanTag {
        if (priority < 0 || priority > MAXIMUM_PRIORITY) {
            throw new IllegalArgumentException("priority %d of a VLAN tag is not between 0 and %d"
                    .formatted(priority, MAXIMUM_PRIORITY));
        }
        if (identifier < 0 || identifier > MAXIMUM_IDENTIFIER) {
            throw new IllegalArgumentException("identifier %d of a VLAN tag is not between 0 and %d"
                    .formatted(identifier, MAXIMUM_IDENTIFIER));
        }
    }

    /** A customer's tag without priority. */
    public static VlanTag of(int identifier) {
        return new VlanTag(false, 0, identifier);
    }

    /** A copy of the frame with this tag before whatever tags it has. */
    public byte[] around(byte[] frame) {
        byte[] tagged = new byte[frame.length + BYTES];
        System.arraycopy(frame, 0, tagged, 0, AT);
        Bytes.put16(tagged, AT, service ? SERVICE : CUSTOMER);
        Bytes.put16(tagged, AT + 2, (priority << PRIORITY_SHIFT) | identifier);
        System.arraycopy(frame, AT, tagged, AT + BYTES, frame.length - AT);
        return tagged;
    }
}
