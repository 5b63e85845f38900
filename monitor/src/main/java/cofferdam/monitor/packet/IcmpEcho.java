package cofferdam.monitor.packet;

import java.util.Arrays;
import java.util.Optional;

/**
 * An ICMP echo request or reply (RFC 792): type, code 0, checksum, identifier, sequence number,
 * data.
 *
 * @param reply whether this answers a request
 * @param identifier 16 bits
 * @param sequence 16 bits
 * @param data what the reply must bring back; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole; a copy a frame would cost
public record IcmpEcho(boolean reply, int identifier, int sequence, byte[] data) {

    private static final int HEADER_BYTES = 8;
    private static final int TYPE_REPLY = 0;
    private static final int TYPE_REQUEST = 8;

    /**
     * Reads an echo message; empty if the payload is another ICMP message, too short, or its
     * checksum is wrong.
     */
    public static Optional<IcmpEcho> read(byte[] payload) {
        if (payload.length < HEADER_BYTES
                || Checksum.of(payload, 0, payload.length) != 0
                || payload[1] != 0) {
            return Optional.empty();
        }
        int type = Bytes.u8(payload, 0);
        if (type != TYPE_REPLY && type != TYPE_REQUEST) {
            return Optional.empty();
        }
        byte[] data = Arrays.copyOfRange(payload, HEADER_BYTES, payload.length);
        return Optional.of(new IcmpEcho(
                type == TYPE_REPLY, Bytes.u16(payload, 4), Bytes.u16(payload, 6), data));
    }

    /** The message as an IPv4 payload, with its checksum. */
    public byte[] toBytes() {
        byte[] bytes = new byte[HEADER_BYTES + data.length];
        bytes[0] = (byte) (reply ? TYPE_REPLY : TYPE_REQUEST);
        Bytes.put16(bytes, 4, identifier);
        Bytes.put16(bytes, 6, sequence);
        System.arraycopy(data, 0, bytes, HEADER_BYTES, data.length);
        Bytes.put16(bytes, 2, Checksum.of(bytes, 0, bytes.length));
        return bytes;
    }
}
