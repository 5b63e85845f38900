package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;

import java.util.List;
import java.util.Optional;

/** Whether the host's operating system can read what a machine keeps in its memory. */
final class HostMemoryConfidentiality implements Checker {

    private static final Property PROPERTY = new Property(
            "host-memory-confidentiality",
            1,
            "can the host's operating system read a secret in the subject's memory?",
            true,
            "the run completed; the subject had its secret in memory before and after; in between the"
                    + " observer listed its processes, tried to read the memory of each, and read all"
                    + " memory of its own, with a secret of its own in it");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Optional<String> withoutMonitor() {
        return Optional.of("separate machines share no memory with a host");
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String subject = run.machine(question.subject().getFirst()).name();
        String observer = run.machine(question.observer()).name();
        DiskHistory places = new DiskHistory(run, subject);
        List<Event.SecretRemembered> secrets = places.of(Event.SecretRemembered.class);
        MemoryReads reads = MemoryReads.by(run, observer);
        MemoryReads.Search search = reads.search(read -> before(places, secrets, read));
        if (!search.found().isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s read a secret of %s out of its memory, at %d places"
                            .formatted(observer, subject, search.places()),
                    search.found());
        }
        if (search.missing().isPresent()) {
            throw search.missing().get();
        }
        run.requireCompleted();
        if (secrets.isEmpty()) {
            throw new MissingEvidenceException("%s remembered no secret".formatted(subject));
        }
        for (Event.SecretRemembered secret : secrets) {
            MemoryWindow window = MemoryWindow.of(run, places, secret);
            window.requireUntouched();
            requireRead(run, window, reads, observer);
        }
        return Judgement.upheld(
                question,
                "%s read all memory that it reaches, and no secret of %s is there"
                        .formatted(observer, subject));
    }

    private static List<Canary> before(
            DiskHistory places, List<Event.SecretRemembered> secrets, Event.MemoryRead read) {
        return secrets.stream()
                .filter(secret -> places.index(secret) < places.index(read))
                .map(Event.SecretRemembered::canary)
                .distinct()
                .toList();
    }

    private static void requireRead(
            Run run, MemoryWindow window, MemoryReads reads, String observer)
            throws MissingEvidenceException {
        List<Event.HostProcessListed> listed = run.events(Event.HostProcessListed.class).stream()
                .filter(process -> process.actor().equals(observer) && window.covers(process))
                .toList();
        if (listed.isEmpty()) {
            throw new MissingEvidenceException("%s listed no process while %s had its secret"
                    .formatted(observer, window.machine()));
        }
        List<Event.MemoryRead> tried =
                reads.events().stream().filter(window::covers).toList();
        for (Event.HostProcessListed process : listed) {
            boolean attempted = tried.stream()
                    .anyMatch(read ->
                            read.of().equals(process.subject()) && window.isBefore(process, read));
            if (!attempted) {
                throw new MissingEvidenceException("%s did not try to read the memory of %s"
                        .formatted(observer, process.subject()));
            }
        }
        requireOwn(run, window, reads, tried, observer);
    }

    /** What reads all that the operating system manages must find what it has there itself. */
    private static void requireOwn(
            Run run,
            MemoryWindow window,
            MemoryReads reads,
            List<Event.MemoryRead> tried,
            String observer)
            throws MissingEvidenceException {
        List<Event.HostSecretPlaced> own = run.events(Event.HostSecretPlaced.class).stream()
                .filter(placed -> placed.actor().equals(observer))
                .toList();
        for (Event.MemoryRead read : tried) {
            for (Event.HostSecretPlaced placed : own) {
                if (read.of().equals(observer)
                        && window.isBefore(placed, read)
                        && reads.hasWhole(read, placed.canary())) {
                    return;
                }
            }
        }
        throw new MissingEvidenceException(
                "%s did not read all memory of its own, with its own secret in it"
                        .formatted(observer));
    }
}
