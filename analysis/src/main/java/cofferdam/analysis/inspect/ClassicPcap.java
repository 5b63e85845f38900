package cofferdam.analysis.inspect;

import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.pcapng.CapturedFrame;
import cofferdam.monitor.pcapng.PcapngReader;
import cofferdam.monitor.pcapng.PcapngWriter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Captures in the format of libpcap (draft-ietf-opsawg-pcap): of either byte order, with times in
 * microseconds or nanoseconds. Of a frame of which only a part was captured there is that part.
 */
final class ClassicPcap {

    private static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
    private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_BYTES = 16;
    private static final int LINK_TYPE_OFFSET = 20;
    private static final int LINK_TYPE_MASK = 0xffff;
    private static final int ETHERNET = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICROSECOND = 1000L;

    private ClassicPcap() {}

    /** Whether the file begins as such a capture does. */
    static boolean is(byte[] file) {
        if (file.length < Integer.BYTES) {
            return false;
        }
        int magic = ByteBuffer.wrap(file).getInt();
        return isMagic(magic) || isMagic(Integer.reverseBytes(magic));
    }

    private static boolean isMagic(int magic) {
        return magic == MAGIC_MICROSECONDS || magic == MAGIC_NANOSECONDS;
    }

    static List<CapturedFrame> read(byte[] file) throws UnreadableCaptureException {
        ByteBuffer view = ByteBuffer.wrap(file);
        if (file.length < HEADER_BYTES) {
            throw new UnreadableCaptureException(
                    "the file ends in its header, after %d bytes".formatted(file.length));
        }
        if (!isMagic(view.getInt(0))) {
            view.order(ByteOrder.LITTLE_ENDIAN);
        }
        int linkType = view.getInt(LINK_TYPE_OFFSET) & LINK_TYPE_MASK;
        if (linkType != ETHERNET) {
            throw new UnreadableCaptureException(
                    "link type %d is not Ethernet (%d)".formatted(linkType, ETHERNET));
        }
        long unit = view.getInt(0) == MAGIC_NANOSECONDS ? 1 : NANOS_PER_MICROSECOND;
        List<CapturedFrame> frames = new ArrayList<>();
        for (int at = HEADER_BYTES; at < file.length; ) {
            CapturedFrame frame = frame(view, at, frames.size() + 1, unit);
            frames.add(frame);
            at += RECORD_BYTES + frame.bytes().length;
        }
        return frames;
    }

    private static CapturedFrame frame(ByteBuffer view, int at, int number, long unit)
            throws UnreadableCaptureException {
        int left = view.limit() - at - RECORD_BYTES;
        if (left < 0) {
            throw problem(at, "the file ends in the header of a frame");
        }
        if (number > PcapngReader.MAXIMUM_FRAMES) {
            throw problem(at, "more than %d frames".formatted(PcapngReader.MAXIMUM_FRAMES));
        }
        int length = view.getInt(at + 2 * Integer.BYTES);
        if (length < 0 || length > Math.min(left, PcapngWriter.MAXIMUM_FRAME_BYTES)) {
            throw problem(
                    at,
                    "frame of %d bytes; %d are left, and at most %d are read"
                            .formatted(
                                    length & 0xffff_ffffL, left, PcapngWriter.MAXIMUM_FRAME_BYTES));
        }
        long seconds = view.getInt(at) & 0xffff_ffffL;
        long fraction = view.getInt(at + Integer.BYTES) & 0xffff_ffffL;
        byte[] bytes = new byte[length];
        view.get(at + RECORD_BYTES, bytes);
        return new CapturedFrame(
                number, 0, seconds * NANOS_PER_SECOND + fraction * unit, Direction.INBOUND, bytes);
    }

    private static UnreadableCaptureException problem(int offset, String what) {
        return new UnreadableCaptureException("offset %d: %s".formatted(offset, what));
    }
}
