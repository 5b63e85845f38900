package cofferdam.analysis;

import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;

import java.util.Optional;

/**
 * Whether an observer received what two others said to each other.
 *
 * @param floodsAllowed whether floods of a correct switch may reach the observer
 */
record Confidentiality(Property property, boolean floodsAllowed) implements Checker {

    /** The machine that is the host's own operating system. */
    private static final String HOST = "host";

    private static final String CONTROL =
            "the run completed; during the attack the subjects talked, as both their captures show;"
                    + " the observer received traffic of its own before and after; the attack acted";

    /** Against a machine on the same network. */
    static Confidentiality ofTraffic() {
        return new Confidentiality(
                new Property(
                        "traffic-confidentiality",
                        2,
                        "does the observer see what the subjects say to each other?",
                        true,
                        CONTROL),
                true);
    }

    /** Against the host's own operating system, which nothing of guests is meant for. */
    static Confidentiality ofTrafficOnHost() {
        return new Confidentiality(
                new Property(
                        "host-traffic-confidentiality",
                        2,
                        "does the host's operating system see what the subjects say to each other?",
                        true,
                        CONTROL),
                false);
    }

    @Override
    public Optional<String> withoutMonitor() {
        return floodsAllowed ? Optional.empty() : Optional.of("separate machines have no host");
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        Pair subjects = Pair.of(run, question.subject());
        Machine observer = run.machine(question.observer());
        if (question.subject().contains(observer.name())) {
            throw new MissingEvidenceException(
                    "the observer %s is one of the subjects".formatted(observer.name()));
        }
        if (!floodsAllowed && !observer.name().equals(HOST)) {
            throw new MissingEvidenceException(
                    "the observer is %s, not the host".formatted(observer.name()));
        }
        LeakSearch search = LeakSearch.through(run, subjects, observer, floodsAllowed);
        if (search.leaks().count() > 0) {
            return Judgement.violated(
                    question, violation(search, subjects, observer), search.leaks());
        }
        new Controls(run, subjects, Optional.of(observer)).require();
        if (search.unexplained() > 0) {
            throw new MissingEvidenceException(
                    "%s received %d packets of %s that their captures do not have"
                            .formatted(observer.name(), search.unexplained(), subjects.names()));
        }
        return Judgement.upheld(
                question,
                "%s received nothing of what %s said to each other during the attack"
                        .formatted(observer.name(), subjects.names()));
    }

    private static String violation(LeakSearch search, Pair subjects, Machine observer) {
        return "%s received %d frames of what %s said to each other"
                .formatted(observer.name(), search.leaks().count(), subjects.names());
    }
}
