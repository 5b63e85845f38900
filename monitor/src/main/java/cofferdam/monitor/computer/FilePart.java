package cofferdam.monitor.computer;

import java.util.Arrays;

/** Part of a file. */
final class FilePart {

    private FilePart() {}

    /** Bytes from the offset on, fewer at the end of the file. */
    static byte[] of(byte[] file, long offset, int count) {
        int start = (int) Math.min(offset, file.length);
        return Arrays.copyOfRange(file, start, start + Math.min(count, file.length - start));
    }
}
