package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether what runs a machine is out of reach of the host's operating system. */
final class HostConfinement implements Checker {

    private static final String ATTACK = "host-process-tampering";

    private static final Property PROPERTY = new Property(
            "host-confinement",
            1,
            "are the subject's handles, threads, locks and memory out of the host's reach?",
            true,
            "the run completed; the observer tried to tamper with what runs the subject, and listed"
                    + " its processes, at least one with something that it has; the subject's"
                    + " heartbeats went on before, during and after that");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Optional<String> withoutMonitor() {
        return Optional.of("a separate machine is no process of another machine");
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String subject = run.machine(question.subject().getFirst()).name();
        String observer = run.machine(question.observer()).name();
        DiskHistory places = new DiskHistory(run, subject);
        List<Event.HostProcessListed> listed = run.events(Event.HostProcessListed.class).stream()
                .filter(process -> process.actor().equals(observer))
                .toList();
        List<Event.HostProcessListed> its =
                listed.stream().filter(process -> isOf(places, process)).toList();
        List<Event.HostResourceRemoved> removed = removed(run, observer, its);
        List<Event> reached = new ArrayList<>(removed);
        its.stream().filter(process -> !process.resources().isEmpty()).forEach(reached::add);
        if (!reached.isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s has %d things of what runs %s in its reach, and removed %d times something"
                            .formatted(observer, resources(its), subject, removed.size()),
                    List.of(EventReference.of(run, reached)));
        }
        run.requireCompleted();
        requireControl(run, places, observer, listed, its);
        return Judgement.upheld(
                question,
                "%s listed %d processes while %s ran, and none of them has anything of it"
                        .formatted(observer, listed.size(), subject));
    }

    /** Whether a process runs the machine, or has its image file. */
    private static boolean isOf(DiskHistory places, Event.HostProcessListed process) {
        Optional<String> image =
                places.tenureAt(places.index(process)).map(DiskHistory.Tenure::image);
        return process.machine().equals(places.machine())
                || image.filter(name -> process.resources().stream()
                                .anyMatch(resource -> resource.endsWith(" " + name)))
                        .isPresent();
    }

    private static long resources(List<Event.HostProcessListed> processes) {
        return processes.stream()
                .flatMap(process -> process.resources().stream()
                        .map(resource -> List.of(process.subject(), resource)))
                .distinct()
                .count();
    }

    private static List<Event.HostResourceRemoved> removed(
            Run run, String observer, List<Event.HostProcessListed> processes) {
        Set<String> names = names(processes);
        return allowed(run, observer).stream()
                .filter(removal -> names.contains(removal.subject()))
                .toList();
    }

    private static List<Event.HostResourceRemoved> allowed(Run run, String observer) {
        return run.events(Event.HostResourceRemoved.class).stream()
                .filter(removal ->
                        removal.actor().equals(observer) && removal.outcome() == Access.ALLOWED)
                .toList();
    }

    private static Set<String> names(List<Event.HostProcessListed> processes) {
        Set<String> names = new HashSet<>();
        processes.forEach(process -> names.add(process.subject()));
        return names;
    }

    private static void requireControl(
            Run run,
            DiskHistory places,
            String observer,
            List<Event.HostProcessListed> listed,
            List<Event.HostProcessListed> its)
            throws MissingEvidenceException {
        if (!its.isEmpty()) {
            throw new MissingEvidenceException("%s listed a process of %s, but not what it has"
                    .formatted(observer, places.machine()));
        }
        Set<String> known = names(listed);
        for (Event.HostResourceRemoved removal : allowed(run, observer)) {
            if (!known.contains(removal.subject())) {
                throw new MissingEvidenceException(
                        "%s removed something of '%s', which it did not list"
                                .formatted(observer, removal.subject()));
            }
        }
        HostAttack attack = HostAttack.of(run, places, observer, ATTACK);
        boolean lists = attack.events(Event.HostProcessListed.class).stream()
                .anyMatch(process -> !process.resources().isEmpty());
        if (!lists) {
            throw new MissingEvidenceException(
                    "%s listed no process that has anything".formatted(observer));
        }
        attack.requireAlive();
    }
}
