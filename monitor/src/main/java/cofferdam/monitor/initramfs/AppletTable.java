package cofferdam.monitor.initramfs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of BusyBox's applets, which its program has in one piece: each ends with a zero byte, and
 * each is greater than the one before, because they are looked up by bisection (BusyBox,
 * include/applet_tables.h, made by applets/applet_tables.c). No other part of the program is a run of
 * ascending words that is nearly as long.
 */
final class AppletTable {

    private static final int LONGEST_NAME = 32;
    private static final int FEWEST = 20;

    private AppletTable() {}

    /** The longest run of ascending names; empty if none is as long as any BusyBox's. */
    static List<String> in(byte[] program) {
        List<String> longest = List.of();
        List<String> run = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < program.length; at++) {
            if (program[at] != 0) {
                continue;
            }
            String word = word(program, start, at);
            start = at + 1;
            if (word.isEmpty() || (!run.isEmpty() && word.compareTo(run.getLast()) <= 0)) {
                longest = longer(longest, run);
                run.clear();
            }
            if (!word.isEmpty()) {
                run.add(word);
            }
        }
        longest = longer(longest, run);
        return longest.size() < FEWEST ? List.of() : longest;
    }

    private static List<String> longer(List<String> longest, List<String> run) {
        return run.size() > longest.size() ? List.copyOf(run) : longest;
    }

    /** The bytes as a name; empty if they are none. */
    private static String word(byte[] program, int start, int end) {
        if (end - start > LONGEST_NAME) {
            return "";
        }
        for (int at = start; at < end; at++) {
            if (!isOfName(program[at])) {
                return "";
            }
        }
        return new String(program, start, end - start, StandardCharsets.US_ASCII);
    }

    private static boolean isOfName(byte character) {
        return (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || character == '['
                || character == '.'
                || character == '_'
                || character == '-';
    }
}
