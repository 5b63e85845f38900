package cofferdam.monitor.linux;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts what comes over a line into lines of text, one character for each byte, however it arrives. */
final class LineSplitter {

    private final Consumer<String> lines;
    private final Runnable overlong;
    private final byte[] line = new byte[ConsoleFrame.MAXIMUM_LINE];
    private int length;
    private boolean tooLong;

    /**
     * @param lines takes every line without its end, whether that is LF or CR LF
     * @param overlong is told of every line longer than {@link ConsoleFrame#MAXIMUM_LINE}, which is
     *     thrown away
     */
    LineSplitter(Consumer<String> lines, Runnable overlong) {
        this.lines = lines;
        this.overlong = overlong;
    }

    void accept(byte[] bytes) {
        for (byte next : bytes) {
            accept(next);
        }
    }

    private void accept(byte next) {
        if (next != '\n') {
            keep(next);
            return;
        }
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        String text = new String(line, 0, end, StandardCharsets.ISO_8859_1);
        boolean whole = !tooLong;
        length = 0;
        tooLong = false;
        if (whole) {
            lines.accept(text);
        }
    }

    /** What has no end yet is told of once, when it is too long, and not when its end comes at last. */
    private void keep(byte next) {
        if (tooLong) {
            return;
        }
        if (length == line.length) {
            tooLong = true;
            overlong.run();
            return;
        }
        line[length++] = next;
    }
}
