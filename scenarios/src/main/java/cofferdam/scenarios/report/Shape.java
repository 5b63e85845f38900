package cofferdam.scenarios.report;

import cofferdam.analysis.Figure;
import cofferdam.analysis.story.Leak;
import cofferdam.analysis.story.Sequence;
import cofferdam.analysis.story.Story;
import cofferdam.analysis.story.Topology;
import cofferdam.scenarios.result.PropertyResult;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What two verdicts have in common that came about in the same way: the same is said of them, and
 * the pictures of their stories differ in nothing but times and numbers of frames.
 *
 * @param said what the verdict says and was to say
 * @param figures the numbers that it rests on
 * @param seen what is in the pictures
 */
record Shape(List<String> said, List<Figure> figures, List<Object> seen) {

    Shape {
        said = List.copyOf(said);
        figures = List.copyOf(figures);
        seen = List.copyOf(seen);
    }

    /**
     * A verdict's shape.
     *
     * @param strict whether the reason's words and the figures count
     */
    static Shape of(int row, PropertyResult result, Optional<Story> story, boolean strict) {
        List<String> said = new ArrayList<>();
        said.add(Integer.toString(row));
        said.add(result.judgement().verdict().name());
        said.add(strict ? result.judgement().reason() : "");
        said.add(shown(result.expected()));
        said.add(shown(result.accepted()));
        List<Object> seen = new ArrayList<>();
        story.ifPresent(told -> {
            told.topology()
                    .ifPresent(topology -> topology(topology, !told.sequences().isEmpty(), seen));
            told.sequences().forEach(sequence -> sequence(sequence, strict, seen));
            told.excerpts().forEach(excerpt -> seen.add(excerpt.file()));
            seen.addAll(told.problems());
        });
        return new Shape(said, strict ? result.judgement().figures() : List.of(), seen);
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** How the machines are joined counts where frames prove something. */
    private static void topology(Topology topology, boolean joined, List<Object> seen) {
        seen.add(topology.separate());
        if (joined) {
            seen.add(topology.fabric());
            seen.add(topology.sharedNic());
        }
        seen.add(topology.machines());
        topology.leak().ifPresent(leak -> {
            seen.add(leak.from());
            seen.add(leak.seenBy());
            if (leak instanceof Leak.OfFrame frame) {
                seen.add(frame.meantFor());
                frame.sightings().forEach(sighting -> seen.add(sighting.vantage()));
            }
        });
    }

    private static void sequence(Sequence sequence, boolean strict, List<Object> seen) {
        seen.add(sequence.file());
        seen.add(strict ? sequence.proofs() : 0);
        for (Sequence.Line line : sequence.lines()) {
            seen.add(line.from());
            seen.add(line.poses());
            seen.add(line.to());
            seen.add(line.proof());
        }
    }
}
