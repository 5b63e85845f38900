package cofferdam.scenarios.inspect;

import java.util.Collection;
import java.util.stream.Collectors;

/** The commands that show frames in Wireshark, for a POSIX shell. */
public final class WiresharkCommand {

    private WiresharkCommand() {}

    /** The display filter of these frames, such as {@code frame.number in {26, 28}}. */
    public static String filter(Collection<Integer> frames) {
        return "frame.number in {%s}"
                .formatted(frames.stream().map(String::valueOf).collect(Collectors.joining(", ")));
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
