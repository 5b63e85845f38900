package cofferdam.monitor.wire;

import cofferdam.monitor.packet.Checksum;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.VlanTag;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a sender left to the network interface's hardware, as the kernel tells it before a frame: a
 * checksum that is not finished, or a TCP segment to be cut into several (virtio 1.2, section
 * 5.1.6, {@code struct virtio_net_hdr}).
 *
 * @param flags bit 0: the checksum is to be finished
 * @param segmentation what is to be cut, 0 for nothing
 * @param segmentBytes the payload of each segment
 * @param checksumStart where the bytes that are summed begin; where the transport header is
 * @param checksumOffset where behind that the checksum is, which holds the pseudo header's sum
 */
record Offload(
        int flags, int segmentation, int segmentBytes, int checksumStart, int checksumOffset) {

    /** Bytes of the header. */
    static final int HEADER_BYTES = 10;

    private static final int NEEDS_CHECKSUM = 1;
    private static final int CONGESTION = 0x80;
    private static final int TCP_OVER_IPV4 = 1;
    private static final int TCP_OVER_IPV6 = 4;

    private static final int TCP_MINIMUM = 20;
    private static final int SEQUENCE = 4;
    private static final int DATA_OFFSET = 12;
    private static final int TCP_FLAGS = 13;
    private static final int LAST_ONLY = 0x01 | 0x08;
    private static final int FIRST_ONLY = 0x80;

    private static final int IPV4_LENGTH = 2;
    private static final int IPV4_IDENTIFICATION = 4;
    private static final int IPV4_CHECKSUM = 10;
    private static final int IPV4_ADDRESSES = 12;
    private static final int IPV6_LENGTH = 4;
    private static final int IPV6_HEADER = 40;
    private static final int IPV6_ADDRESSES = 8;
    private static final int TCP = 6;

    /** Reads the header at the buffer's position, in the order of the buffer, which is native. */
    static Offload read(ByteBuffer buffer) {
        int flags = Byte.toUnsignedInt(buffer.get());
        int segmentation = Byte.toUnsignedInt(buffer.get());
        buffer.getShort();
        int segmentBytes = Short.toUnsignedInt(buffer.getShort());
        int start = Short.toUnsignedInt(buffer.getShort());
        int offset = Short.toUnsignedInt(buffer.getShort());
        return new Offload(flags, segmentation, segmentBytes, start, offset);
    }

    /**
     * The frames as hardware would send them. The given one may be changed.
     *
     * @return none if the header does not fit the frame, or asks for what is not done here
     */
    List<byte[]> completed(byte[] frame) {
        int kind = segmentation & ~CONGESTION;
        if (kind == 0) {
            return (flags & NEEDS_CHECKSUM) == 0 ? List.of(frame) : finished(frame);
        }
        if (kind == TCP_OVER_IPV4 || kind == TCP_OVER_IPV6) {
            return segments(frame, kind == TCP_OVER_IPV4);
        }
        return List.of();
    }

    /** One's complement sum from the transport header on, which includes the pseudo header's. */
    private List<byte[]> finished(byte[] frame) {
        int at = checksumStart + checksumOffset;
        if (at + Short.BYTES > frame.length) {
            return List.of();
        }
        int checksum = Checksum.of(frame, checksumStart, frame.length - checksumStart);
        // In UDP zero says that there is no checksum; the two zeros are equal (RFC 768).
        put(frame, at, checksum == 0 ? 0xffff : checksum);
        return List.of(frame);
    }

    private List<byte[]> segments(byte[] frame, boolean version4) {
        int network = networkHeader(frame);
        int smallest = network + (version4 ? TCP_MINIMUM : IPV6_HEADER);
        if (checksumStart < smallest
                || checksumStart + TCP_MINIMUM > frame.length
                || segmentBytes == 0) {
            return List.of();
        }
        int headers = checksumStart + ((frame[checksumStart + DATA_OFFSET] >> 2) & 0x3c);
        if (headers < checksumStart + TCP_MINIMUM || headers >= frame.length) {
            return List.of();
        }
        List<byte[]> segments = new ArrayList<>();
        for (int from = headers; from < frame.length; from += segmentBytes) {
            int to = Math.min(frame.length, from + segmentBytes);
            byte[] segment = Arrays.copyOf(frame, headers + to - from);
            System.arraycopy(frame, from, segment, headers, to - from);
            number(segment, from - headers, to == frame.length);
            address(segment, network, segments.size(), version4);
            segments.add(segment);
        }
        return segments;
    }

    /** Sequence number and flags of the segment that begins {@code sent} bytes later. */
    private void number(byte[] segment, int sent, boolean last) {
        ByteBuffer bytes = ByteBuffer.wrap(segment);
        int sequence = bytes.getInt(checksumStart + SEQUENCE);
        bytes.putInt(checksumStart + SEQUENCE, sequence + sent);
        int kept = (last ? 0xff : ~LAST_ONLY) & (sent == 0 ? 0xff : ~FIRST_ONLY);
        segment[checksumStart + TCP_FLAGS] &= (byte) kept;
    }

    /** Lengths, identification and checksums. */
    private void address(byte[] segment, int network, int index, boolean version4) {
        int addresses = network + (version4 ? IPV4_ADDRESSES : IPV6_ADDRESSES);
        if (version4) {
            put(segment, network + IPV4_LENGTH, segment.length - network);
            int identification = network + IPV4_IDENTIFICATION;
            put(segment, identification, get(segment, identification) + index);
            put(segment, network + IPV4_CHECKSUM, 0);
            put(
                    segment,
                    network + IPV4_CHECKSUM,
                    Checksum.of(segment, network, checksumStart - network));
        } else {
            put(segment, network + IPV6_LENGTH, segment.length - network - IPV6_HEADER);
        }
        int at = checksumStart + checksumOffset;
        int length = segment.length - checksumStart;
        put(segment, at, pseudoHeader(segment, addresses, version4 ? 8 : 32, length));
        put(segment, at, Checksum.of(segment, checksumStart, length));
    }

    private static int pseudoHeader(byte[] segment, int addresses, int bytes, int length) {
        byte[] header = Arrays.copyOfRange(segment, addresses, addresses + bytes + 4);
        put(header, bytes, TCP);
        put(header, bytes + 2, length);
        return ~Checksum.of(header, 0, header.length) & 0xffff;
    }

    private static int networkHeader(byte[] frame) {
        int type = get(frame, Ethernet.HEADER_BYTES - 2);
        boolean tagged = type == VlanTag.CUSTOMER || type == VlanTag.SERVICE;
        return Ethernet.HEADER_BYTES + (tagged ? VlanTag.BYTES : 0);
    }

    private static int get(byte[] bytes, int at) {
        return (Byte.toUnsignedInt(bytes[at]) << 8) | Byte.toUnsignedInt(bytes[at + 1]);
    }

    private static void put(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }
}
