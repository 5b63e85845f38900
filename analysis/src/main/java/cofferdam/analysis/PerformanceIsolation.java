package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Cables;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.Service;
import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Whether a machine serves as well as before while its neighbour uses up what they share. What a
 * measurement is follows from when it was made: a baseline was over before the attack began, and one
 * under stress lies within the attack; the labels that they bear count for nothing.
 */
final class PerformanceIsolation implements Checker {

    /** The attack that this is about. */
    static final String ATTACK = "noisy-neighbour";

    /** What a machine shows that answered nothing, as in the Isolation Benchmark Suite. */
    static final String SILENT = "did not report";

    /** The most of its service that a machine may lose, in percent. */
    static final double TOLERANCE = 10;

    /** What must be answered without stress, in percent, for the measurement to mean anything. */
    private static final long ANSWERED = 95;

    /** One of fewer requests is too much of the whole to tell ten percent. */
    private static final int LEAST_REQUESTS = 50;

    private static final int PERCENT = 100;
    private static final long MICROSECOND = 1000;

    private static final Property PROPERTY = new Property(
            "performance-isolation",
            1,
            "does the machine serve as well as before while its neighbour uses up what they share?",
            false,
            "the run completed; both machines answered at least 95 % of the same requests before the"
                    + " attack; both were measured in the same way during it; the neighbour's stressor"
                    + " was seen at work in every second of the machine's measurement");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String good = run.machine(question.subject().getFirst()).name();
        Event.AttackStarted attack = onlyAttack(run, good);
        Measured measured = new Measured(run, good, attack);
        requireUntouched(run, good, measured);
        Measured adversary = new Measured(run, attack.actor(), attack);
        double lost = measured.degradation();
        if (lost > TOLERANCE) {
            return Judgement.violated(
                            question,
                            violation(good, measured, lost),
                            List.of(EventReference.of(run, measured.events())))
                    .with(figures(measured, adversary));
        }
        run.requireCompleted();
        requireControls(run, measured, adversary);
        return Judgement.upheld(
                        question,
                        "%s answered %d of %d requests while %s was at work, and %d before"
                                .formatted(
                                        good,
                                        measured.worst().event().answered(),
                                        measured.worst().event().sent(),
                                        attack.actor(),
                                        measured.best().event().answered()))
                .with(figures(measured, adversary));
    }

    private static Event.AttackStarted onlyAttack(Run run, String good)
            throws MissingEvidenceException {
        List<Event.AttackStarted> attacks = run.events(Event.AttackStarted.class);
        if (attacks.size() != 1) {
            throw new MissingEvidenceException(
                    "%d attacks were started, not one".formatted(attacks.size()));
        }
        Event.AttackStarted attack = attacks.getFirst();
        if (!attack.subject().equals(ATTACK)) {
            throw new MissingEvidenceException(
                    "what '%s' does to a neighbour cannot be told from its service"
                            .formatted(attack.subject()));
        }
        if (attack.actor().equals(good)) {
            throw new MissingEvidenceException(
                    "%s attacked, and is no mere neighbour".formatted(good));
        }
        run.machine(attack.actor());
        return attack;
    }

    /** A machine that others switched off or unplugged lost nothing to its neighbour. */
    private static void requireUntouched(Run run, String good, Measured measured)
            throws MissingEvidenceException {
        long from = measured.best().from();
        long until = measured.worst().until();
        for (String machine : List.of(good, measured.best().event().actor())) {
            boolean switched = run.events(Event.PowerChanged.class).stream()
                    .anyMatch(change -> change.actor().equals(machine)
                            && from <= change.time()
                            && change.time() <= until);
            if (switched || !new Cables(run, machine).heldThroughout(from, until)) {
                throw new MissingEvidenceException(
                        "%s was switched off or on or unplugged between the measurements"
                                .formatted(machine));
            }
        }
    }

    private static void requireControls(Run run, Measured measured, Measured adversary)
            throws MissingEvidenceException {
        for (Measured one : List.of(measured, adversary)) {
            one.requireWhole();
            for (Service baseline : one.before()) {
                requireAnswered(baseline);
            }
        }
        if (!measured.best().isLike(adversary.best())) {
            throw new MissingEvidenceException("the two machines were not asked the same");
        }
        StressorMark mark = new StressorMark(run, Attempt.of(run).getFirst());
        for (Service during : measured.during()) {
            mark.require(during);
        }
    }

    private static void requireAnswered(Service baseline) throws MissingEvidenceException {
        Event.ServiceMeasured event = baseline.event();
        if ((long) event.answered() * PERCENT < event.sent() * ANSWERED) {
            throw new MissingEvidenceException(
                    "%s answered only %d of %d requests before the attack"
                            .formatted(event.subject(), event.answered(), event.sent()));
        }
    }

    private static String violation(String good, Measured measured, double lost)
            throws MissingEvidenceException {
        Event.ServiceMeasured worst = measured.worst().event();
        Event.ServiceMeasured best = measured.best().event();
        if (worst.answered() == 0) {
            return "%s answered none of %d requests during the attack, and %d before"
                    .formatted(good, worst.sent(), best.answered());
        }
        return "%s answered %d of %d requests during the attack, and %d before: %s %% less"
                .formatted(good, worst.answered(), worst.sent(), best.answered(), percent(lost));
    }

    private static List<Figure> figures(Measured measured, Measured adversary)
            throws MissingEvidenceException {
        List<Figure> figures = new ArrayList<>();
        figures.add(degradation("good-degradation", measured));
        if (adversary.isMeasured()) {
            figures.add(degradation("bad-degradation", adversary));
        }
        figures.add(median("good-median-before", measured.best()));
        figures.add(median("good-median-during", measured.worst()));
        return figures;
    }

    private static Figure degradation(String name, Measured measured)
            throws MissingEvidenceException {
        return measured.worst().event().answered() == 0
                ? new Figure(name, SILENT, "")
                : new Figure(name, percent(measured.degradation()), "%");
    }

    private static Figure median(String name, Service service) {
        long micros = service.event().median() / MICROSECOND;
        return service.event().answered() == 0
                ? new Figure(name, SILENT, "")
                : new Figure(name, Long.toString(micros), "us");
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** What was measured of one machine, before the attack and during it. */
    private static final class Measured {

        private final String machine;
        private final List<Service> all;
        private final List<Service> before;
        private final List<Service> during;

        Measured(Run run, String machine, Event.AttackStarted attack)
                throws MissingEvidenceException {
            this.machine = machine;
            all = Service.of(run, machine);
            long stopped = stopped(run, attack);
            before = all.stream()
                    .filter(service -> service.until() <= attack.time())
                    .toList();
            during = all.stream()
                    .filter(service ->
                            service.from() >= attack.time() && service.until() <= stopped)
                    .toList();
        }

        /** An attack that did not stop goes on to the end, for looking for what it did. */
        private static long stopped(Run run, Event.AttackStarted attack) {
            return run.events(Event.AttackStopped.class).stream()
                    .filter(stop -> stop.actor().equals(attack.actor())
                            && stop.subject().equals(attack.subject())
                            && stop.time() >= attack.time())
                    .mapToLong(Event.AttackStopped::time)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }

        List<Service> before() {
            return before;
        }

        List<Service> during() {
            return during;
        }

        boolean isMeasured() {
            return !before.isEmpty() && !during.isEmpty();
        }

        /** The baseline of which most was answered. */
        Service best() throws MissingEvidenceException {
            return before.stream()
                    .max(Comparator.comparingDouble(Measured::rate))
                    .orElseThrow(() -> missing("before"));
        }

        /** The measurement during the attack of which least was answered. */
        Service worst() throws MissingEvidenceException {
            return during.stream()
                    .min(Comparator.comparingDouble(Measured::rate))
                    .orElseThrow(() -> missing("during"));
        }

        private static double rate(Service service) {
            return service.event().sent() == 0
                    ? 0
                    : (double) service.event().answered() / service.event().sent();
        }

        private MissingEvidenceException missing(String when) {
            return new MissingEvidenceException(
                    "the service of %s was not measured %s the attack".formatted(machine, when));
        }

        /**
         * How much less was answered than before, in percent; not below 0.
         *
         * @throws MissingEvidenceException if that cannot be told
         */
        double degradation() throws MissingEvidenceException {
            Service best = best();
            Service worst = worst();
            if (!best.isLike(worst)) {
                throw new MissingEvidenceException(
                        "%s was not asked the same before the attack and during it"
                                .formatted(machine));
            }
            if (best.event().sent() < LEAST_REQUESTS || best.event().answered() == 0) {
                throw new MissingEvidenceException(
                        "%s answered %d of %d requests before the attack, too few to tell anything"
                                .formatted(
                                        machine,
                                        best.event().answered(),
                                        best.event().sent()));
            }
            double kept = (double) worst.event().answered() / best.event().answered();
            return Math.max(0, (1 - kept) * PERCENT);
        }

        /** Fails unless everything that was measured is alike, and lies before or within the attack. */
        void requireWhole() throws MissingEvidenceException {
            degradation();
            for (Service service : all) {
                if (!before.contains(service) && !during.contains(service)) {
                    throw new MissingEvidenceException(
                            "the measurement '%s' of %s lies neither before the attack nor within it"
                                    .formatted(service.event().label(), machine));
                }
                if (!service.isLike(best())) {
                    throw new MissingEvidenceException(
                            "not all measurements of %s asked the same".formatted(machine));
                }
            }
        }

        List<Event.ServiceMeasured> events() throws MissingEvidenceException {
            return List.of(best().event(), worst().event());
        }
    }
}
