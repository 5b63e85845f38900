package cofferdam.analysis;

import cofferdam.analysis.evidence.KeptImage;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.ImageAccess;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a secret that its owner erased, or whose disk was deleted, can still be read by another:
 * from an image file, or from a disk of the other's own.
 */
final class ResidualConfidentiality implements Checker {

    private static final Property PROPERTY = new Property(
            "residual-confidentiality",
            1,
            "can what the subject erased, or had on a disk that was deleted, be read by the observer?",
            true,
            "the run completed; the subject read its secret back after it was off and on again; the"
                    + " observer read, after it was gone, the subject's image, or all of a disk that"
                    + " has some of the space of the deleted one");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Optional<String> withoutMonitor() {
        return Optional.of("separate machines share no storage");
    }

    /** What the observer read, from which disk, and whether it is all of it. */
    private record Reading(
            Event event, Optional<DiskHistory.Tenure> disk, Content content, boolean whole) {}

    /** Bytes, and the file in the run's folder that has them. */
    private static final class Content {

        private final String file;
        private final byte[] bytes;

        Content(String file, byte[] bytes) {
            this.file = file;
            this.bytes = bytes;
        }
    }

    /** A secret and the event after which nobody should find it. */
    private record Gone(Event.FileSaved saved, Event by) {}

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String subject = run.machine(question.subject().getFirst()).name();
        DiskHistory disk = new DiskHistory(run, subject);
        List<Gone> gone = gone(disk);
        Readings readings = readings(run, question.observer());
        List<ImageReference> found = new ArrayList<>();
        for (Reading reading : readings.found()) {
            List<Long> offsets = gone.stream()
                    .filter(secret -> disk.index(secret.by()) < disk.index(reading.event()))
                    .flatMap(secret ->
                            CanarySearch.offsets(
                                    reading.content().bytes, secret.saved().canary())
                                    .stream())
                    .distinct()
                    .toList();
            if (!offsets.isEmpty()) {
                found.add(new ImageReference(reading.content().file, offsets));
            }
        }
        if (!found.isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s read what %s had, after it was gone"
                            .formatted(question.observer(), subject),
                    found);
        }
        if (readings.missing().isPresent()) {
            throw readings.missing().get();
        }
        run.requireCompleted();
        requireControl(run, disk, gone, readings.found(), question.observer());
        return Judgement.upheld(
                question,
                "nothing of what %s had is in what %s read afterwards"
                        .formatted(subject, question.observer()));
    }

    private static List<Gone> gone(DiskHistory disk) {
        List<Gone> gone = new ArrayList<>();
        for (Event.FileSaved saved : disk.saved()) {
            disk.of(Event.FileErased.class).stream()
                    .filter(erased -> erased.outcome() == FileOutcome.DONE
                            && erased.subject().equals(saved.subject())
                            && disk.index(erased) > disk.index(saved))
                    .findFirst()
                    .ifPresent(erased -> gone.add(new Gone(saved, erased)));
            disk.of(Event.DiskReleased.class).stream()
                    .filter(released -> disk.index(released) > disk.index(saved))
                    .findFirst()
                    .ifPresent(released -> gone.add(new Gone(saved, released)));
        }
        return gone;
    }

    /** What the observer read as far as it was kept, and what was not, if anything. */
    private record Readings(List<Reading> found, Optional<MissingEvidenceException> missing) {
        Readings {
            found = List.copyOf(found);
        }
    }

    private static Readings readings(Run run, String observer) {
        List<Reading> readings = new ArrayList<>();
        Optional<MissingEvidenceException> missing = Optional.empty();
        DiskHistory own = new DiskHistory(run, observer);
        for (Event event : run.events()) {
            if (!event.actor().equals(observer)) {
                continue;
            }
            try {
                if (event instanceof Event.ImageAccessed read
                        && read.outcome() == ImageAccess.READ) {
                    KeptImage image = run.images().of(read.subject(), read.sha256());
                    readings.add(new Reading(
                            read,
                            own.tenureOf(image.name(), own.index(read)),
                            new Content(image.file(), image.bytes()),
                            true));
                } else if (event instanceof Event.DeviceRead read) {
                    byte[] bytes = run.images().deviceRead(read.subject());
                    readings.add(new Reading(
                            read,
                            own.tenureAt(own.index(read)),
                            new Content(read.subject(), bytes),
                            own.isWhole(read, bytes)));
                }
            } catch (MissingEvidenceException e) {
                missing = Optional.of(e);
            }
        }
        return new Readings(readings, missing);
    }

    private static void requireControl(
            Run run, DiskHistory disk, List<Gone> gone, List<Reading> readings, String observer)
            throws MissingEvidenceException {
        if (gone.isEmpty()) {
            throw new MissingEvidenceException(
                    "%s had no secret that went away".formatted(disk.machine()));
        }
        for (Gone secret : gone) {
            int when = disk.index(secret.by());
            disk.requireOnDisk(secret.saved(), disk.index(secret.saved()), when);
            Set<Long> space = space(run, disk, disk.tenureAt(when), when);
            Set<Long> seen = new HashSet<>();
            for (Reading reading : readings) {
                int then = disk.index(reading.event());
                if (reading.whole() && then > when) {
                    seen.addAll(space(run, disk, reading.disk(), then));
                }
            }
            if (Collections.disjoint(space, seen)) {
                throw new MissingEvidenceException(
                        "%s read nothing, after it was gone, that has space of the disk of %s"
                                .formatted(observer, disk.machine()));
            }
            requireItsPlace(run, disk, secret, seen);
        }
    }

    /**
     * A disk that was deleted had the secret in certain blocks of the storage, if it had it in plain
     * at all: whoever read others saw nothing of it for another reason.
     */
    private static void requireItsPlace(Run run, DiskHistory disk, Gone secret, Set<Long> seen)
            throws MissingEvidenceException {
        int when = disk.index(secret.by());
        if (!(secret.by() instanceof Event.DiskReleased)) {
            return;
        }
        DiskHistory.Tenure tenure = disk.tenureAt(when)
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s had no disk to delete".formatted(disk.machine())));
        Event.ImagesKept last = disk.momentBefore(when, tenure)
                .filter(kept -> disk.index(kept) > disk.index(secret.saved()))
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s was not kept between when the secret was saved and when it was deleted"
                                .formatted(tenure.image())));
        KeptImage image = run.images().at(last.subject(), tenure.image());
        for (long offset : CanarySearch.offsets(image.bytes(), secret.saved().canary())) {
            if (!seen.contains(run.images().block(last.subject(), tenure.image(), offset))) {
                throw new MissingEvidenceException(
                        "nothing that was read afterwards has the space in which the secret of %s lay"
                                .formatted(disk.machine()));
            }
        }
    }

    /**
     * The space that a disk was seen to have at the moments next to an event. That an image of the
     * same name had it as another disk says nothing.
     */
    private static Set<Long> space(
            Run run, DiskHistory disk, Optional<DiskHistory.Tenure> tenure, int when)
            throws MissingEvidenceException {
        if (tenure.isEmpty()) {
            return Set.of();
        }
        List<String> moments = Stream.of(
                        disk.momentBefore(when, tenure.get()), disk.momentAfter(when, tenure.get()))
                .flatMap(Optional::stream)
                .map(Event.ImagesKept::subject)
                .toList();
        return run.images().space(tenure.get().image(), moments);
    }
}
