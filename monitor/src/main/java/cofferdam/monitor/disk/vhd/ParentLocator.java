package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Reference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One of the places in the file where the parent's path is kept, 24 bytes in the dynamic disk
 * header: platform 0, space 4, length 8, offset 16; after the specification's "Parent Locator
 * Entry".
 *
 * @param platform which system's path it is; 0 for an unused entry
 * @param length in bytes
 * @param offset in the file, in bytes
 */
record ParentLocator(int platform, long length, long offset) {

    static final int COUNT = 8;
    static final int BYTES = 24;

    /** "W2ru": a path relative to the image, UTF-16 little-endian. */
    static final int WINDOWS_RELATIVE = 0x57327275;

    /** "W2ku": an absolute path, UTF-16 little-endian. */
    static final int WINDOWS_ABSOLUTE = 0x57326b75;

    /** "MacX": a file URL, UTF-8. */
    private static final int MACINTOSH_URL = 0x4d616358;

    /** "Wi2r" and "Wi2k": what the two above replaced, in the code page of the writer. */
    private static final int WINDOWS_RELATIVE_OLD = 0x57693272;

    private static final int WINDOWS_ABSOLUTE_OLD = 0x5769326b;

    static ParentLocator at(ByteBuffer header, int offset) {
        return new ParentLocator(
                header.getInt(offset),
                Integer.toUnsignedLong(header.getInt(offset + 8)),
                header.getLong(offset + 16));
    }

    /**
     * The path; empty for an unused entry and for a platform whose locators are not paths.
     *
     * @throws MalformedImageException if it is not in the file or too long
     */
    Optional<String> path(ByteSource file) throws IOException {
        return switch (platform) {
            case WINDOWS_RELATIVE, WINDOWS_ABSOLUTE -> Optional.of(utf16(bytes(file)));
            case MACINTOSH_URL -> Optional.of(new String(bytes(file), StandardCharsets.UTF_8));
            case WINDOWS_RELATIVE_OLD, WINDOWS_ABSOLUTE_OLD ->
                Optional.of(new String(bytes(file), StandardCharsets.ISO_8859_1));
            default -> Optional.empty();
        };
    }

    private byte[] bytes(ByteSource file) throws IOException {
        if (length > 2L * Reference.LONGEST_NAME) {
            throw new MalformedImageException(
                    VhdProblem.PARENT_LOCATOR, "a path of %d bytes".formatted(length));
        }
        return file.read(offset, (int) length);
    }

    /** The characters as they are, unpaired surrogates included, which a decoder would replace. */
    private static String utf16(byte[] bytes) {
        StringBuilder path = new StringBuilder();
        ByteBuffer text = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (text.remaining() >= 2) {
            path.append(text.getChar());
        }
        while (!path.isEmpty() && path.charAt(path.length() - 1) == 0) {
            path.setLength(path.length() - 1);
        }
        return path.toString();
    }
}
