package cofferdam.monitor.packet;

import cofferdam.monitor.address.Ipv4Address;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A TCP segment (RFC 9293 section 3.1): a header of 20 bytes, one option at most (maximum segment
 * size, 4 bytes), data.
 *
 * @param sourcePort 16 bits
 * @param targetPort 16 bits
 * @param sequence 32 bits, modulo 2^32
 * @param acknowledgment 32 bits, modulo 2^32; means something only with {@link Flag#ACK}
 * @param flags which control bits are set
 * @param window 16 bits, bytes, not scaled
 * @param maximumSegmentSize the option's value in bytes, or 0 where there is none
 * @param data the payload; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole; a copy a frame would cost
public record TcpSegment(
        int sourcePort,
        int targetPort,
        int sequence,
        int acknowledgment,
        Set<Flag> flags,
        int window,
        int maximumSegmentSize,
        byte[] data) {

    /** Bytes of a header without options. */
    public static final int HEADER_BYTES = 20;

    private static final int OPTION_END = 0;
    private static final int OPTION_NONE = 1;
    private static final int OPTION_MAXIMUM_SEGMENT_SIZE = 2;
    private static final int OPTION_MAXIMUM_SEGMENT_SIZE_BYTES = 4;

    /** The control bits, from the lowest. */
    public enum Flag {
        FIN(0x01),
        SYN(0x02),
        RST(0x04),
        PSH(0x08),
        ACK(0x10),
        URG(0x20);

        private final int mask;

        Flag(int mask) {
            this.mask = mask;
        }
    }

    /** Whether the control bit is set. */
    public boolean has(Flag flag) {
        return flags.contains(flag);
    }

    /** How much sequence space the segment takes: its data, and one each for SYN and FIN. */
    public int sequenceLength() {
        return data.length + (has(Flag.SYN) ? 1 : 0) + (has(Flag.FIN) ? 1 : 0);
    }

    /** Reads the segment in a packet; empty if lengths, options or checksum are wrong. */
    public static Optional<TcpSegment> inPacket(Ipv4Packet packet) {
        byte[] bytes = packet.payload();
        if (packet.protocol() != Ipv4Packet.TCP || bytes.length < HEADER_BYTES) {
            return Optional.empty();
        }
        int header = (Bytes.u8(bytes, 12) >>> 4) * 4;
        boolean sound = header >= HEADER_BYTES
                && header <= bytes.length
                && Checksum.ofSegment(
                                packet.source(),
                                packet.target(),
                                Ipv4Packet.TCP,
                                bytes,
                                0,
                                bytes.length)
                        == 0;
        if (!sound) {
            return Optional.empty();
        }
        return Optional.of(new TcpSegment(
                Bytes.u16(bytes, 0),
                Bytes.u16(bytes, 2),
                Bytes.i32(bytes, 4),
                Bytes.i32(bytes, 8),
                flagsOf(Bytes.u8(bytes, 13)),
                Bytes.u16(bytes, 14),
                maximumSegmentSizeIn(bytes, header),
                Arrays.copyOfRange(bytes, header, bytes.length)));
    }

    private static Set<Flag> flagsOf(int bits) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            if ((bits & flag.mask) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private static int maximumSegmentSizeIn(byte[] bytes, int header) {
        int at = HEADER_BYTES;
        while (at < header && bytes[at] != OPTION_END) {
            if (bytes[at] == OPTION_NONE) {
                at++;
                continue;
            }
            int length = at + 1 < header ? Bytes.u8(bytes, at + 1) : 0;
            if (length < 2 || at + length > header) {
                return 0;
            }
            if (bytes[at] == OPTION_MAXIMUM_SEGMENT_SIZE
                    && length == OPTION_MAXIMUM_SEGMENT_SIZE_BYTES) {
                return Bytes.u16(bytes, at + 2);
            }
            at += length;
        }
        return 0;
    }

    /** The segment as an IPv4 payload, with the checksum that its addresses give. */
    public byte[] toBytes(Ipv4Address source, Ipv4Address target) {
        int header =
                HEADER_BYTES + (maximumSegmentSize == 0 ? 0 : OPTION_MAXIMUM_SEGMENT_SIZE_BYTES);
        byte[] bytes = new byte[header + data.length];
        Bytes.put16(bytes, 0, sourcePort);
        Bytes.put16(bytes, 2, targetPort);
        Bytes.put32(bytes, 4, sequence);
        Bytes.put32(bytes, 8, acknowledgment);
        bytes[12] = (byte) ((header / 4) << 4);
        for (Flag flag : flags) {
            bytes[13] |= (byte) flag.mask;
        }
        Bytes.put16(bytes, 14, window);
        if (maximumSegmentSize != 0) {
            bytes[HEADER_BYTES] = OPTION_MAXIMUM_SEGMENT_SIZE;
            bytes[HEADER_BYTES + 1] = OPTION_MAXIMUM_SEGMENT_SIZE_BYTES;
            Bytes.put16(bytes, HEADER_BYTES + 2, maximumSegmentSize);
        }
        System.arraycopy(data, 0, bytes, header, data.length);
        Bytes.put16(
                bytes,
                16,
                Checksum.ofSegment(source, target, Ipv4Packet.TCP, bytes, 0, bytes.length));
        return bytes;
    }
}
