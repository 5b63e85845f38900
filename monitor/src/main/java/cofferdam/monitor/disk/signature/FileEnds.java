package cofferdam.monitor.disk.signature;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The parts of a file that signatures lie in.
 *
 * @param head the first 4096 bytes, or fewer
 * @param volumeDescriptor 6 bytes from 32768 on, where ISO 9660 (ECMA-119, 8.1) has its first
 *     descriptor, or empty
 * @param tail the last 512 bytes, or fewer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FileEnds(byte[] head, byte[] volumeDescriptor, byte[] tail) {

    private static final int HEAD = 4096;
    private static final int TAIL = 512;
    private static final int VOLUME_DESCRIPTOR = 32768;
    private static final int VOLUME_DESCRIPTOR_BYTES = 6;

    /** Microsoft's oldest writer left the footer one byte short. */
    private static final int SHORT_FOOTER = 511;

    private static final String VHD_COOKIE = "conectix";

    static FileEnds of(ByteSource file) throws IOException {
        long size = file.size();
        int tail = (int) Math.min(TAIL, size);
        boolean large = size >= VOLUME_DESCRIPTOR + VOLUME_DESCRIPTOR_BYTES;
        return new FileEnds(
                file.read(0, (int) Math.min(HEAD, size)),
                large ? file.read(VOLUME_DESCRIPTOR, VOLUME_DESCRIPTOR_BYTES) : new byte[0],
                file.read(size - tail, tail));
    }

    boolean startsWith(int offset, int... octets) {
        if (head.length < offset + octets.length) {
            return false;
        }
        for (int i = 0; i < octets.length; i++) {
            if ((head[offset + i] & 0xff) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(int offset, String text) {
        return has(head, offset, text);
    }

    /** The big-endian number there; 0 if the file is too short. */
    long u32(int offset) {
        long value = 0;
        for (int i = offset; i < offset + 4 && i < head.length; i++) {
            value = (value << 8) | (head[i] & 0xff);
        }
        return value;
    }

    boolean lastSectorStartsWith(String text) {
        return tail.length == TAIL && has(tail, 0, text);
    }

    /** Whether a VHD footer is at the end, or the copy of one at the beginning. */
    boolean hasVhdFooter() {
        return lastSectorStartsWith(VHD_COOKIE)
                || has(tail, tail.length - SHORT_FOOTER, VHD_COOKIE)
                || startsWith(0, VHD_COOKIE);
    }

    boolean hasIsoDescriptor() {
        return has(volumeDescriptor, 1, "CD001");
    }

    /**
     * Whether it is a VMDK descriptor: the first line says so, or, as QEMU takes it, the first line
     * that is neither empty nor a comment gives a version from 1 to 3.
     */
    boolean isDescriptor() {
        String text = new String(head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (text.startsWith("# disk descriptorfile")) {
            return true;
        }
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .filter(line -> line.matches("version=[123]"))
                .isPresent();
    }

    private static boolean has(byte[] bytes, int offset, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        if (offset < 0 || bytes.length - wanted.length < offset) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[offset + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
