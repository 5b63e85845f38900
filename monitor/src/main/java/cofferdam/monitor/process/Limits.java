package cofferdam.monitor.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a program may use up. Whoever passes one of these limits is ended or refused, and {@link
 * ChildProcess#ended} says why.
 *
 * @param time from its start to its end, at most {@link #MAX_TIME}
 * @param processorTime of each of its processes, counted in whole seconds, rounded up
 * @param addressSpace bytes of virtual memory of each of its processes, or {@link #UNLIMITED}
 * @param fileSize bytes of each file that it writes, or {@link #UNLIMITED}
 * @param output bytes that it may write to standard output and standard error together
 */
public record Limits(
        Duration time, Duration processorTime, long addressSpace, long fileSize, long output) {

    /** No limit of that kind. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** The longest time that a program may be given. */
    public static final Duration MAX_TIME = Duration.ofDays(7);

    /** Seconds between the signal that a program may heed (XCPU) and the one that it cannot. */
    private static final long PROCESSOR_GRACE = 2;

    /** Checks that every limit is above zero. */
    public Limits {
        positive("time", time.toNanos(), MAX_TIME.toNanos());
        positive("processor time", processorTime.toNanos(), MAX_TIME.toNanos());
        positive("address space", addressSpace, UNLIMITED);
        positive("file size", fileSize, UNLIMITED);
        positive("output", output, UNLIMITED);
    }

    private static void positive(String what, long value, long highest) {
        if (value <= 0 || value > highest) {
            throw new IllegalArgumentException(
                    "the limit of %s is %d, not between 1 and %d".formatted(what, value, highest));
        }
    }

    /** The arguments of prlimit(1) of util-linux that set what the kernel watches over. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of("--core=0"));
        options.add(
                "--cpu=%d:%d".formatted(processorSeconds(), processorSeconds() + PROCESSOR_GRACE));
        if (addressSpace != UNLIMITED) {
            options.add("--as=" + addressSpace);
        }
        if (fileSize != UNLIMITED) {
            options.add("--fsize=" + fileSize);
        }
        return options;
    }

    long processorSeconds() {
        return processorTime.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
