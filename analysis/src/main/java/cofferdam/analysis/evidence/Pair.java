package cofferdam.analysis.evidence;

import java.util.List;

/** The two machines that a question is about. */
public record Pair(Machine one, Machine other) {

    /** The machines of these names, which must be two. */
    public static Pair of(Run run, List<String> names) throws MissingEvidenceException {
        if (names.size() != 2 || names.getFirst().equals(names.getLast())) {
            throw new MissingEvidenceException(
                    "the question is about %s, not about two machines".formatted(names));
        }
        return new Pair(run.machine(names.getFirst()), run.machine(names.getLast()));
    }

    /** Both, each with the other as its peer. */
    public List<Pair> directions() {
        return List.of(this, new Pair(/* one= */ other, /* other= */ one));
    }

    /** The exchanges between the two. */
    public List<Flow> flows(Run run) {
        return run.flows().stream()
                .filter(flow -> areThese(flow.from(), flow.to()))
                .toList();
    }

    /** Whether these are the names of the two, in either order. */
    public boolean areThese(String first, String second) {
        return (first.equals(one.name()) && second.equals(other.name()))
                || (first.equals(other.name()) && second.equals(one.name()));
    }

    /** For messages. */
    public String names() {
        return one.name() + " and " + other.name();
    }
}
