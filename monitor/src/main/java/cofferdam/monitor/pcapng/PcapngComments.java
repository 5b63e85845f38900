package cofferdam.monitor.pcapng;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Packet comments, {@code opt_comment} (draft-ietf-opsawg-pcapng, section 3.5.1). */
public final class PcapngComments {

    /** The longest comment, in bytes of UTF-8. */
    public static final int MAXIMUM_BYTES = 1024;

    private static final int SECTION_LENGTH_OFFSET = Format.BLOCK_HEADER_BYTES + 8;

    private PcapngComments() {}

    /**
     * A copy of the file in which these frames have these comments, before those that they had.
     * Every other byte is as it was, save that sections no longer give their length, which has
     * changed.
     *
     * @param commentByFrameNumber comments by the frame's number as Wireshark counts, from 1
     * @throws PcapngException if the file is malformed
     * @throws IllegalArgumentException if a comment is longer than {@link #MAXIMUM_BYTES}, or there
     *     is no enhanced packet block of that number
     */
    public static byte[] annotate(byte[] file, SortedMap<Integer, String> commentByFrameNumber)
            throws PcapngException {
        SortedMap<Integer, byte[]> options = new TreeMap<>();
        commentByFrameNumber.forEach((number, comment) -> options.put(number, option(comment)));
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        Blocks blocks = new Blocks(file);
        int frames = 0;
        while (blocks.hasNext()) {
            Block block = blocks.next();
            frames += isFrame(block) ? 1 : 0;
            boolean canHave = block.type() == Format.ENHANCED_PACKET;
            out.writeBytes(copy(block, canHave ? options.remove(frames) : null));
        }
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(
                    "frame %d, which was to have a comment, is no enhanced packet of the %d frames"
                            .formatted(options.firstKey(), frames));
        }
        return out.toByteArray();
    }

    /** The comments of a file by frame number; several of one frame are joined by line feeds. */
    public static SortedMap<Integer, String> read(byte[] file) throws PcapngException {
        SortedMap<Integer, String> comments = new TreeMap<>();
        Blocks blocks = new Blocks(file);
        int frames = 0;
        while (blocks.hasNext()) {
            Block block = blocks.next();
            frames += isFrame(block) ? 1 : 0;
            if (block.type() == Format.ENHANCED_PACKET) {
                collect(frames, block.options(optionsStart(block)), comments);
            }
        }
        return comments;
    }

    /**
     * A copy of the file in which no frame has a comment. Every other byte is as it was, save that
     * sections no longer give their length.
     */
    public static byte[] remove(byte[] file) throws PcapngException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        Blocks blocks = new Blocks(file);
        while (blocks.hasNext()) {
            Block block = blocks.next();
            boolean canHave = block.type() == Format.ENHANCED_PACKET;
            out.writeBytes(canHave ? withoutComments(block) : copy(block, null));
        }
        return out.toByteArray();
    }

    private static byte[] withoutComments(Block block) throws PcapngException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(block.length());
        int from = block.start();
        Options options = block.options(optionsStart(block));
        while (options.advance()) {
            if (options.code() == Format.COMMENT) {
                int start = options.valueStart() - Format.OPTION_HEADER_BYTES;
                kept.writeBytes(block.copy(from, start - from));
                from = options.valueStart() + Format.padded(options.valueLength());
            }
        }
        kept.writeBytes(block.copy(from, block.start() + block.length() - from));
        ByteBuffer out = ByteBuffer.wrap(kept.toByteArray()).order(block.view().order());
        out.putInt(Integer.BYTES, out.capacity());
        out.putInt(out.capacity() - Integer.BYTES, out.capacity());
        return out.array();
    }

    private static void collect(int frame, Options options, SortedMap<Integer, String> comments)
            throws PcapngException {
        while (options.advance()) {
            if (options.code() == Format.COMMENT) {
                comments.merge(frame, options.text(), (first, next) -> first + "\n" + next);
            }
        }
    }

    private static boolean isFrame(Block block) {
        return switch (block.type()) {
            case Format.ENHANCED_PACKET, Format.SIMPLE_PACKET, Format.OBSOLETE_PACKET -> true;
            default -> false;
        };
    }

    /**
     * The comment's padded value; the option's header depends on the byte order and comes later.
     */
    private static byte[] option(String comment) {
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        if (text.length > MAXIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "comment of %d bytes is longer than %d".formatted(text.length, MAXIMUM_BYTES));
        }
        return text;
    }

    private static byte[] copy(Block block, byte @Nullable [] comment) throws PcapngException {
        if (comment != null) {
            return withComment(block, comment);
        }
        byte[] bytes = block.copy(block.start(), block.length());
        if (block.type() == Format.SECTION_HEADER) {
            block.afterFixed(Format.SECTION_FIXED_BYTES);
            Arrays.fill(
                    bytes, SECTION_LENGTH_OFFSET, SECTION_LENGTH_OFFSET + Long.BYTES, (byte) 0xff);
        }
        return bytes;
    }

    private static byte[] withComment(Block block, byte[] comment) throws PcapngException {
        int options = optionsStart(block);
        boolean alone = options == block.bodyEnd();
        int added = Format.OPTION_HEADER_BYTES
                + Format.padded(comment.length)
                + (alone ? Format.OPTION_HEADER_BYTES : 0);
        int length = block.length() + added;
        ByteBuffer out = ByteBuffer.allocate(length).order(block.view().order());
        out.put(block.copy(block.start(), options - block.start()));
        out.putInt(Integer.BYTES, length);
        out.putShort((short) Format.COMMENT).putShort((short) comment.length);
        out.put(Arrays.copyOf(comment, Format.padded(comment.length)));
        if (alone) {
            out.putInt(Format.END_OF_OPTIONS);
        }
        out.put(block.copy(options, block.bodyEnd() - options));
        out.putInt(length);
        return out.array();
    }

    private static int optionsStart(Block block) throws PcapngException {
        int data = block.afterFixed(Format.PACKET_FIXED_BYTES);
        return data + Format.padded(CaptureBuilder.capturedLength(block, data));
    }
}
