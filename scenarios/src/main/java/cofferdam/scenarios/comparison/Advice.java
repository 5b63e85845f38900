package cofferdam.scenarios.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The conclusion of a comparison in a few sentences, each of which follows from its numbers. */
final class Advice {

    /** The most places that a sentence names. */
    private static final int NAMED = 4;

    private final List<Standing> standings;
    private final List<Cost> costs;

    Advice(List<Standing> standings, List<Cost> costs) {
        this.standings = List.copyOf(standings);
        this.costs = List.copyOf(costs);
    }

    /** The sentences, the most important first; without full stops. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(first());
        List<Standing> left = standings.stream().filter(this::isUndominated).toList();
        if ((left.size() > 1 && left.size() < standings.size()) || isOpen(left)) {
            left.forEach(standing -> sentences.add(own(standing)));
        }
        costs.stream().map(Advice::cost).forEach(sentences::add);
        standings.stream()
                .filter(standing -> standing.undecided() > 0)
                .map(standing -> "of %s, %s undecided, of which nothing can be said"
                        .formatted(
                                standing.policy(),
                                counted(standing.undecided(), "property is", "properties are")))
                .forEach(sentences::add);
        return sentences;
    }

    private boolean isOpen(List<Standing> left) {
        return left.size() == standings.size() && !areEqual();
    }

    private boolean areEqual() {
        return standings.getFirst().like().size() == standings.size() - 1;
    }

    private boolean isUndominated(Standing standing) {
        return standings.stream().noneMatch(other -> other.dominates().contains(standing.policy()));
    }

    private String first() {
        if (standings.size() == 1) {
            return "%s: %s".formatted(standings.getFirst().policy(), numbers(standings.getFirst()));
        }
        if (areEqual()) {
            return isAllDecided()
                    ? "the policies do not differ in what they uphold in these scenarios"
                    : "the policies do not differ in what they were shown to uphold in these"
                            + " scenarios";
        }
        Optional<Standing> best = standings.stream()
                .filter(standing ->
                        standing.dominates().size() + standing.like().size()
                                == standings.size() - 1)
                .findFirst();
        if (best.isPresent()) {
            return dominating(best.get());
        }
        List<Standing> left = standings.stream().filter(this::isUndominated).toList();
        Standing most =
                left.stream().max(Comparator.comparingInt(Standing::upheld)).orElseThrow();
        return "no policy %s everything that the others %s; %s upholds most: %s"
                .formatted(holds(), hold(), most.policy(), numbers(most));
    }

    /** Where something is undecided, that it was not shown to hold does not say that it does not. */
    private boolean isAllDecided() {
        return standings.stream().allMatch(standing -> standing.undecided() == 0);
    }

    private String holds() {
        return isAllDecided() ? "holds" : "was shown to hold";
    }

    private String hold() {
        return isAllDecided() ? "hold" : "were shown to hold";
    }

    private String dominating(Standing best) {
        String same = best.like().isEmpty()
                ? ""
                : ", as %s %s"
                        .formatted(String.join(", ", best.like()), isAllDecided() ? "does" : "was");
        return "%s %s everything that %s %s, and more%s: %s"
                .formatted(
                        best.policy(),
                        holds(),
                        named(best.dominates()),
                        best.dominates().size() == 1 ? holds() : hold(),
                        same,
                        numbers(best));
    }

    private String own(Standing standing) {
        return standing.only().isEmpty()
                ? "%s upholds nothing that no other holds: %s"
                        .formatted(standing.policy(), numbers(standing))
                : "only %s %s %s"
                        .formatted(
                                standing.policy(),
                                isAllDecided() ? "upholds" : "was shown to uphold",
                                named(standing.only()));
    }

    private static String numbers(Standing standing) {
        return "%d upheld, %d violated%s, %d undecided, %d without such a boundary"
                .formatted(
                        standing.upheld(),
                        standing.violated(),
                        standing.accepted() == 0
                                ? ""
                                : " (%d of them accepted)".formatted(standing.accepted()),
                        standing.undecided(),
                        standing.notApplicable());
    }

    private static String cost(Cost cost) {
        Traffic traffic = cost.traffic();
        if (traffic.begun() == 0) {
            return "%s: no legitimate exchange was begun, so its cost is not known"
                    .formatted(cost.policy());
        }
        String lost = traffic.lost() == 0
                ? "loses none of %d legitimate exchanges".formatted(traffic.begun())
                : "loses %d of %d legitimate exchanges (%s)"
                        .formatted(
                                traffic.lost(),
                                traffic.begun(),
                                named(cost.losses().stream()
                                        .map(Cost.Loss::scenario)
                                        .toList()));
        return "%s %s".formatted(cost.policy(), lost);
    }

    private static String named(List<String> names) {
        String listed = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        int more = names.size() - NAMED;
        return more > 0 ? "%s and %d more".formatted(listed, more) : listed;
    }

    private static String counted(int count, String one, String several) {
        return "%d %s".formatted(count, count == 1 ? one : several);
    }
}
