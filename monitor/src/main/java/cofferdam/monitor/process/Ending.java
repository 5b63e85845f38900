package cofferdam.monitor.process;

import java.util.List;

/** How a program ended, in words for people. */
final class Ending {

    private static final int LONGEST_LINE = 300;

    /** Exit codes above this mean a signal, with the signal's number added. */
    private static final int SIGNALLED = 128;

    private static final int KILL = 9;
    private static final int XCPU = 24;
    private static final int XFSZ = 25;
    private static final int LAST_SIGNAL = 64;

    private Ending() {}

    static String of(int code, String errors, Limits limits) {
        String lastLine = errors.lines()
                .filter(line -> !line.isBlank())
                .reduce("", (earlier, later) -> later)
                .strip();
        String what = code > SIGNALLED && code <= SIGNALLED + LAST_SIGNAL
                ? signal(code - SIGNALLED, limits)
                : "exit code " + code;
        if (lastLine.isEmpty()) {
            return what;
        }
        return what + ": " + lastLine.substring(0, Math.min(LONGEST_LINE, lastLine.length()));
    }

    private static String signal(int number, Limits limits) {
        return switch (number) {
            case KILL -> "signal 9 (killed)";
            case XCPU ->
                "signal 24 (used more than %d s of processor time)"
                        .formatted(limits.processorSeconds());
            case XFSZ ->
                "signal 25 (wrote a file of more than %d bytes)".formatted(limits.fileSize());
            default -> "signal " + number;
        };
    }

    static String remaining(String reason, List<Long> processes) {
        if (processes.isEmpty()) {
            return reason;
        }
        return "%s; the processes %s could not be ended".formatted(reason, processes);
    }
}
