package cofferdam.analysis;

import cofferdam.analysis.evidence.BitText;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.statistics.RankTest;
import cofferdam.analysis.statistics.Threshold;
import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether a machine can find out which well-known pages its neighbour has, by the time of writes. */
final class PageSharingConfidentiality implements Checker {

    private static final Property PROPERTY = new Property(
            "page-sharing-confidentiality",
            1,
            "can the observer tell which pages the subject has in its memory?",
            true,
            "the run completed; the subject held some 200 pages of the collection at least, and 200 it"
                    + " did not, and was alive all the while; the observer filled all of them, left the"
                    + " monitor the time of two scans, and timed a write to each");

    /** As many of either kind show a leak that is worth the name. */
    private static final int MINIMUM_PAGES = 200;

    /** Further from chance than this does not happen by itself. */
    private static final double BREACH = 5;

    /** Nearer to chance than this is chance. */
    private static final double CHANCE = 3;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Optional<String> withoutMonitor() {
        return Optional.of("separate machines share no memory");
    }

    /** What the subject held and what the observer measured. */
    private record Trial(Event.PagesHeld held, Event.WritesTimed timed, BitSet pages) {

        static Trial of(Chronicle chronicle, String subject, Event.WritesTimed timed)
                throws MissingEvidenceException {
            Event.PagesHeld held = chronicle
                    .lastBefore(timed, Event.PagesHeld.class, by(subject))
                    .orElseThrow(() -> new MissingEvidenceException(
                            "%s held no pages before writes were timed".formatted(subject)));
            if (held.of() != timed.outcome().size()) {
                throw new MissingEvidenceException(
                        "%d writes were timed, the collection has %d pages"
                                .formatted(timed.outcome().size(), held.of()));
            }
            BitSet pages = BitText.parse(held.outcome(), held.of());
            if (pages.isEmpty() || pages.cardinality() == held.of()) {
                throw new MissingEvidenceException("%s held %d of %d pages"
                        .formatted(subject, pages.cardinality(), held.of()));
            }
            return new Trial(held, timed, pages);
        }

        /** Whether the times tell the pages apart. */
        boolean breach() {
            return Stream.of(test(), unusual()).anyMatch(test -> test.leastDeviation() > BREACH);
        }

        /** Whether nothing speaks for it that they do. */
        boolean chance() {
            return Stream.of(test(), unusual())
                    .allMatch(test -> test.greatestDeviation() <= CHANCE);
        }

        RankTest test() {
            return RankTest.of(timed.outcome(), pages);
        }

        /** Of how far times are from the middle: a leak need not make all writes slower. */
        private RankTest unusual() {
            long middle = median(timed.outcome());
            return RankTest.of(
                    timed.outcome().stream()
                            .map(time -> Math.abs(time - middle))
                            .toList(),
                    pages);
        }

        double errorRate() {
            return Threshold.errorRate(timed.outcome(), pages);
        }

        List<Figure> figures() {
            return List.of(
                    figure("error-rate", "%.2f", 100 * errorRate(), "%"),
                    figure("area-under-curve", "%.3f", test().area(), ""),
                    figure("median-held", "%.0f", (double) median(cycles(true)), "cycles"),
                    figure("median-not-held", "%.0f", (double) median(cycles(false)), "cycles"),
                    figure("pages-held", "%.0f", pages.cardinality(), ""),
                    figure("pages-not-held", "%.0f", held.of() - pages.cardinality(), ""));
        }

        private List<Long> cycles(boolean wanted) {
            List<Long> cycles = new ArrayList<>();
            for (int page = 0; page < held.of(); page++) {
                if (pages.get(page) == wanted) {
                    cycles.add(timed.outcome().get(page));
                }
            }
            return cycles;
        }

        private static long median(List<Long> values) {
            return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
        }

        private static Figure figure(String name, String form, double value, String unit) {
            return new Figure(name, String.format(Locale.ROOT, form, value), unit);
        }
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String subject = run.machine(question.subject().getFirst()).name();
        String observer = run.machine(question.observer()).name();
        Chronicle chronicle = new Chronicle(run);
        List<Trial> trials = new ArrayList<>();
        Optional<MissingEvidenceException> missing = Optional.empty();
        for (Event.WritesTimed timed :
                chronicle.all(Event.WritesTimed.class, event -> event.actor().equals(observer))) {
            try {
                Trial trial = Trial.of(chronicle, subject, timed);
                if (trial.breach()) {
                    return violated(run, question, trial);
                }
                trials.add(trial);
            } catch (MissingEvidenceException e) {
                missing = Optional.of(e);
            }
        }
        if (missing.isPresent()) {
            throw missing.get();
        }
        if (trials.isEmpty()) {
            throw new MissingEvidenceException("%s timed no writes".formatted(observer));
        }
        run.requireCompleted();
        for (Trial trial : trials) {
            requireControls(run, chronicle, subject, trial);
            if (!trial.chance()) {
                return Judgement.inconclusive(
                                question, "times of writes are neither far from chance nor near it")
                        .with(trial.figures());
            }
        }
        return Judgement.upheld(
                        question,
                        "%s could not tell the pages that %s held from others by the time of writes"
                                .formatted(observer, subject))
                .with(trials.getFirst().figures());
    }

    private static Judgement violated(Run run, Question question, Trial trial) {
        String reason =
                "%s told the pages that %s held from others by the time of writes, wrong in %s %%"
                        .formatted(
                                trial.timed().actor(),
                                trial.held().actor(),
                                trial.figures().getFirst().value());
        EventReference lines = EventReference.of(run, List.of(trial.held(), trial.timed()));
        return Judgement.violated(question, reason, List.of(lines)).with(trial.figures());
    }

    private static void requireControls(Run run, Chronicle chronicle, String subject, Trial trial)
            throws MissingEvidenceException {
        String observer = trial.timed().actor();
        int held = trial.pages().cardinality();
        int of = trial.held().of();
        if (held < MINIMUM_PAGES || of - held < MINIMUM_PAGES) {
            throw new MissingEvidenceException("%s held %d of %d pages, of either kind it takes %d"
                    .formatted(subject, held, of, MINIMUM_PAGES));
        }
        if (trial.timed().outcome().stream().anyMatch(cycles -> cycles <= 0)) {
            throw new MissingEvidenceException("the clock of %s did not run".formatted(observer));
        }
        requireHeldOnce(chronicle, trial);
        Event.PagesHeld filled = filled(chronicle, trial);
        Event from = chronicle.later(trial.held(), filled);
        Neighbourhood neighbours = new Neighbourhood(run, chronicle);
        neighbours.requirePresent(subject, held, from, trial.timed());
        neighbours.requirePresent(observer, of, from, trial.timed());
        neighbours.requirePresent(subject, 0, trial.held(), trial.timed());
        neighbours.requireScanned(List.of(subject, observer), from, trial.timed());
    }

    /** A page that the subject gave back may be merged still, as if it had it. */
    private static void requireHeldOnce(Chronicle chronicle, Trial trial)
            throws MissingEvidenceException {
        boolean before = chronicle
                .lastBefore(trial.held(), Event.PagesHeld.class, by(trial.held().actor()))
                .isPresent();
        if (before) {
            throw new MissingEvidenceException(
                    "%s held other pages before".formatted(trial.held().actor()));
        }
    }

    /** When the observer had all pages of the collection in memory. */
    private static Event.PagesHeld filled(Chronicle chronicle, Trial trial)
            throws MissingEvidenceException {
        Event.WritesTimed timed = trial.timed();
        Event.PagesHeld filled = chronicle
                .lastBefore(timed, Event.PagesHeld.class, by(timed.actor()))
                .filter(held -> held.subject().equals(timed.subject())
                        && held.of() == timed.outcome().size())
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s did not fill the pages that it wrote to".formatted(timed.actor())));
        if (BitText.parse(filled.outcome(), filled.of()).cardinality() != filled.of()) {
            throw new MissingEvidenceException(
                    "%s did not fill all pages of the collection".formatted(timed.actor()));
        }
        return filled;
    }

    private static Predicate<Event.PagesHeld> by(String machine) {
        return held -> held.actor().equals(machine);
    }
}
