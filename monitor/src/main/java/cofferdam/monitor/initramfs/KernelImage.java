package cofferdam.monitor.initramfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A kernel's file in the format of x86 (bzImage), as far as it tells which version it is.
 *
 * <p>Source: Linux, Documentation/arch/x86/boot.rst: the real-mode kernel header.
 */
public final class KernelImage {

    private static final int MAGIC_AT = 0x202;
    private static final int MAGIC = 0x53726448; // "HdrS"
    private static final int VERSION_POINTER_AT = 0x20e;
    private static final int VERSION_BASE = 0x200;
    private static final int VERSION_LIMIT = 64;

    /** The pointer has 16 bits. */
    private static final int READ_LIMIT = VERSION_BASE + (1 << 16) + VERSION_LIMIT + 1;

    /** A version becomes the name of a folder, so it must not be able to lead out of one. */
    private static final Pattern VERSION = Pattern.compile("[0-9][A-Za-z0-9.+~_-]*");

    private KernelImage() {}

    /**
     * The version of the kernel in that file, such as {@code 6.1.0-56-cloud-amd64}.
     *
     * @throws UnusablePartException if the file cannot be read or holds no such kernel
     */
    public static String version(Path file) throws UnusablePartException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(READ_LIMIT);
        } catch (IOException e) {
            throw new UnusablePartException(
                    "the kernel %s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
        ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        if (start.length < VERSION_POINTER_AT + 2 || header.getInt(MAGIC_AT) != MAGIC) {
            throw new UnusablePartException(
                    "%s is no Linux kernel for x86: 'HdrS' is not at 0x202".formatted(file));
        }
        String version = text(
                start, VERSION_BASE + Short.toUnsignedInt(header.getShort(VERSION_POINTER_AT)));
        if (!VERSION.matcher(version).matches()) {
            throw new UnusablePartException(
                    "the kernel %s does not say its version".formatted(file));
        }
        return version;
    }

    /** The first word there; empty if none ends within the limit. */
    private static String text(byte[] bytes, int from) {
        for (int end = from; end < Math.min(bytes.length, from + VERSION_LIMIT + 1); end++) {
            if (bytes[end] == 0 || bytes[end] == ' ') {
                return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }
}
