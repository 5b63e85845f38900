package cofferdam.analysis;

import java.util.List;

/**
 * Lines of the event log that prove something.
 *
 * @param lines from 1 on, ascending; at most {@link #MAXIMUM_LINES}
 */
public record EventReference(List<Integer> lines) implements EvidenceReference {

    /** The most lines of one reference; a judgement's reason has the full count. */
    public static final int MAXIMUM_LINES = 100;

    public EventReference {
        lines = lines.stream().sorted().limit(MAXIMUM_LINES).toList();
    }

    @Override
    public String file() {
        return "events.jsonl";
    }
}
