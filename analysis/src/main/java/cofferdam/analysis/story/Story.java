package cofferdam.analysis.story;

import java.util.List;
import java.util.Optional;

/**
 * What is behind a judgement. Every part is bounded; what was left out is counted.
 *
 * @param topology who was there, and the way of the leak; empty if the run has no readable events
 * @param sequences the frames that matter, a list for each capture that proves something
 * @param excerpts bytes around what was found
 * @param events lines of the event log, ascending
 * @param memory how memory was used meanwhile, where the judgement is about memory
 * @param problems why something cannot be told
 */
public record Story(
        Optional<Topology> topology,
        List<Sequence> sequences,
        List<Excerpt> excerpts,
        List<QuotedEvent> events,
        List<MemoryPanel> memory,
        List<String> problems) {

    public Story {
        sequences = List.copyOf(sequences);
        excerpts = List.copyOf(excerpts);
        events = List.copyOf(events);
        memory = List.copyOf(memory);
        problems = List.copyOf(problems);
    }

    /** A story of which nothing can be told but why. */
    public static Story untold(String problem) {
        return new Story(
                Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of(problem));
    }
}
