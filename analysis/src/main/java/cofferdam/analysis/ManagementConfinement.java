package cofferdam.analysis;

import cofferdam.analysis.evidence.Heartbeats;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.PowerState;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether who holds the host's console is kept from switching machines off and from their images. */
final class ManagementConfinement implements Checker {

    private static final String ATTACK = "management-takeover";
    private static final String POWER_OFF = "power-off";
    private static final String LIST = "list";

    /** Without a heartbeat for so long, a machine has stopped. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private static final Property PROPERTY = new Property(
            "management-confinement",
            1,
            "is who holds the console kept from switching the subject off and from its image?",
            true,
            "the run completed; the console let the observer list machines, refused to switch the"
                    + " subject off, and the storage refused its image; the subject's heartbeats"
                    + " went on before, during and after that");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Optional<String> withoutMonitor() {
        return Optional.of("separate machines have no console that manages them");
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String subject = run.machine(question.subject().getFirst()).name();
        String observer = run.machine(question.observer()).name();
        DiskHistory history = new DiskHistory(run, subject);
        List<Event> stops = stops(run, history, observer);
        List<Event> accesses = accesses(run, history, observer);
        if (!stops.isEmpty() || !accesses.isEmpty()) {
            List<Event> breaches = new ArrayList<>(stops);
            breaches.addAll(accesses);
            return Judgement.violated(
                    question,
                    reason(observer, subject, !stops.isEmpty(), accesses.size()),
                    List.of(EventReference.of(run, breaches)));
        }
        run.requireCompleted();
        requireControl(run, history, observer);
        return Judgement.upheld(
                question,
                "the console let %s list machines, and neither switch %s off nor reach its image"
                        .formatted(observer, subject));
    }

    private static String reason(String observer, String subject, boolean stopped, int accesses) {
        String off = "%s switched %s off from the console".formatted(observer, subject);
        String image = "%s reached the image of %s %d times".formatted(observer, subject, accesses);
        if (stopped && accesses > 0) {
            return "%s, and reached its image %d times".formatted(off, accesses);
        }
        return stopped ? off : image;
    }

    /** Each use of the console that switched the machine off, with the event that shows it. */
    private static List<Event> stops(Run run, DiskHistory history, String observer) {
        List<Event> stops = new ArrayList<>();
        for (Event.ConsoleUsed use : uses(run, history, observer, Access.ALLOWED)) {
            List<Event> shown = shown(run, history, use);
            if (!shown.isEmpty()) {
                stops.add(use);
                stops.addAll(shown);
            }
        }
        return stops;
    }

    private static List<Event.ConsoleUsed> uses(
            Run run, DiskHistory history, String observer, Access outcome) {
        return run.events(Event.ConsoleUsed.class).stream()
                .filter(use -> use.actor().equals(observer)
                        && use.subject().equals(history.machine())
                        && use.action().equals(POWER_OFF)
                        && use.outcome() == outcome)
                .toList();
    }

    /**
     * What shows that the machine stopped because of it: its end, or that it was off, with no
     * sign of life in between; or its last heartbeat, with no other for a long time.
     */
    private static List<Event> shown(Run run, DiskHistory history, Event.ConsoleUsed use) {
        for (Event event :
                run.events().subList(history.index(use) + 1, run.events().size())) {
            if (!event.actor().equals(history.machine())) {
                continue;
            }
            if (isEnd(event)) {
                return List.of(event);
            }
            if (event instanceof Event.Heartbeat || event instanceof Event.PowerChanged) {
                break;
            }
        }
        return silence(run, history.machine(), use.time());
    }

    private static boolean isEnd(Event event) {
        return event instanceof Event.MachineEnded
                || (event instanceof Event.PowerChanged power && power.outcome() == PowerState.OFF);
    }

    private static List<Event> silence(Run run, String machine, long time) {
        Heartbeats heartbeats = Heartbeats.of(run, machine);
        long end = time + SILENCE.toNanos();
        long last = run.events().getLast().time();
        boolean silent = run.events(Event.Heartbeat.class).stream()
                .noneMatch(beat ->
                        beat.actor().equals(machine) && beat.time() > time && beat.time() <= end);
        boolean wasAlive = heartbeats
                .lastBefore(time)
                .filter(beat -> time - beat.time() < SILENCE.toNanos())
                .isPresent();
        return silent && wasAlive && last >= end
                ? heartbeats.lastBefore(time).stream().map(Event.class::cast).toList()
                : List.of();
    }

    /** What the observer did to the machine's image after it began to attack, if it was let. */
    private static List<Event> accesses(Run run, DiskHistory history, String observer) {
        int began = run.events(Event.AttackStarted.class).stream()
                .filter(start -> start.actor().equals(observer))
                .mapToInt(history::index)
                .findFirst()
                .orElse(run.events().size());
        List<Event> accesses = new ArrayList<>();
        for (ImageAccess kind : ImageAccess.values()) {
            if (kind != ImageAccess.REFUSED) {
                history.accesses(observer, kind).stream()
                        .filter(access -> history.index(access) > began)
                        .forEach(accesses::add);
            }
        }
        return accesses;
    }

    private static void requireControl(Run run, DiskHistory history, String observer)
            throws MissingEvidenceException {
        if (!uses(run, history, observer, Access.ALLOWED).isEmpty()) {
            throw new MissingEvidenceException(
                    "the console let %s switch %s off, and nothing shows what became of it"
                            .formatted(observer, history.machine()));
        }
        HostAttack attack = HostAttack.of(run, history, observer, ATTACK);
        List<Event.ConsoleUsed> used = attack.events(Event.ConsoleUsed.class);
        require(
                used.stream()
                        .anyMatch(use ->
                                use.action().equals(LIST) && use.outcome() == Access.ALLOWED),
                "the console let %s do nothing at all".formatted(observer));
        require(
                used.stream()
                        .anyMatch(use -> use.action().equals(POWER_OFF)
                                && use.subject().equals(history.machine())),
                "%s did not ask the console to switch %s off"
                        .formatted(observer, history.machine()));
        List<Event.ImageAccessed> refused = history.accesses(observer, ImageAccess.REFUSED);
        require(
                attack.events(Event.ImageAccessed.class).stream().anyMatch(refused::contains),
                "%s did not try to reach the image of %s".formatted(observer, history.machine()));
        attack.requireAlive();
    }

    private static void require(boolean control, String otherwise) throws MissingEvidenceException {
        if (!control) {
            throw new MissingEvidenceException(otherwise);
        }
    }
}
