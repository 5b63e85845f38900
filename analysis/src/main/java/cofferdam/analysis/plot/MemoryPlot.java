package cofferdam.analysis.plot;

import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How memory was used over time: a table that programs read and a picture that people look at. Both
 * follow from the events alone, byte for byte.
 */
public final class MemoryPlot {

    /** The table: comma-separated values (RFC 4180), with a header. */
    public static final String TABLE = "memory.csv";

    /** The picture: Scalable Vector Graphics 1.1. */
    public static final String PICTURE = "memory.svg";

    private MemoryPlot() {}

    /** The table and the picture by file name; none if nobody looked at memory in the run. */
    public static SortedMap<String, byte[]> of(Run run) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (!run.events(Event.MemorySampled.class).isEmpty()) {
            files.put(TABLE, MemoryTable.of(run).getBytes(StandardCharsets.UTF_8));
            files.put(PICTURE, new Picture(Panel.of(run)).draw().getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }
}
