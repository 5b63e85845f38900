package cofferdam.analysis.plot;

import cofferdam.analysis.evidence.MemoryHistory;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every look at memory as one line of comma-separated values. */
final class MemoryTable {

    /** Times in nanoseconds since the run's first event, sizes in bytes; no limit where none was told. */
    private static final String HEADER =
            "nanoseconds,actor,subject,size,limit,used,frames,shared,ballooned,swapped\r\n";

    private MemoryTable() {}

    static String of(Run run) {
        MemoryHistory memory = new MemoryHistory(run);
        long first = run.events().getFirst().time();
        return memory.samples().stream()
                .map(sample -> line(memory, sample, first))
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static String line(MemoryHistory memory, Event.MemorySampled sample, long first) {
        return Stream.of(
                        sample.time() - first,
                        text(sample.actor()),
                        text(sample.subject()),
                        sample.size(),
                        limit(memory, sample),
                        sample.used(),
                        sample.frames(),
                        sample.shared(),
                        sample.ballooned(),
                        sample.swapped())
                .map(String::valueOf)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String limit(MemoryHistory memory, Event.MemorySampled sample) {
        List<Event.MemoryConfigured> configured = memory.configured(sample.subject());
        return configured.isEmpty() ? "" : Long.toString(configured.getLast().limit());
    }

    /** Whatever somebody wrote into the evidence stays one field. */
    private static String text(String value) {
        boolean plain = value.chars().noneMatch(sign -> ",\"\r\n".indexOf(sign) >= 0);
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
