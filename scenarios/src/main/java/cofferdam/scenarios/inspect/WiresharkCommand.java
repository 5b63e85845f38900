package cofferdam.scenarios.inspect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The commands that show frames in Wireshark, for a POSIX shell. */
public final class WiresharkCommand {

    private WiresharkCommand() {}

    /** The display filter of these frames, such as {@code frame.number in {26, 28..30}}. */
    public static String filter(Collection<Integer> frames) {
        List<String> ranges = new ArrayList<>();
        int first = 0;
        int last = 0;
        for (int frame : new TreeSet<>(frames)) {
            if (first != 0 && frame != last + 1) {
                ranges.add(range(first, last));
            }
            first = first == 0 || frame != last + 1 ? frame : first;
            last = frame;
        }
        if (first != 0) {
            ranges.add(range(first, last));
        }
        return "frame.number in {%s}".formatted(String.join(", ", ranges));
    }

    private static String range(int first, int last) {
        return first == last ? String.valueOf(first) : "%d..%d".formatted(first, last);
    }

    /** The command that opens a capture and shows what the filter lets through. */
    public static String open(String file, String filter) {
        return "wireshark -r %s -Y %s".formatted(quoted(file), quoted(filter));
    }

    /** A word as the shell takes it, whatever characters it has. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
