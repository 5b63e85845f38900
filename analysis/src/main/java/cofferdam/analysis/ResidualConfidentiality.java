package cofferdam.analysis;

import cofferdam.analysis.evidence.KeptImage;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.ImageAccess;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** What the observer read, and from which image. */
    private static final class Reading {

        private final Event event;
        private final String image;
        private final String file;
        private final byte[] bytes;

        Reading(Event event, String image, String file, byte[] bytes) {
            this.event = event;
            this.image = image;
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
        List<Reading> readings = readings(run, question.observer());
        List<ImageReference> found = new ArrayList<>();
        for (Reading reading : readings) {
            List<Long> offsets = new ArrayList<>();
            for (Gone secret : gone) {
                if (disk.index(secret.by()) < disk.index(reading.event)) {
                    offsets.addAll(
                            CanarySearch.offsets(reading.bytes, secret.saved().canary()));
                }
            }
            if (!offsets.isEmpty()) {
                found.add(new ImageReference(reading.file, offsets));
            }
        }
        if (!found.isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s read what %s had, after it was gone"
                            .formatted(question.observer(), subject),
                    found);
        }
        run.requireCompleted();
        requireControl(run, disk, gone, readings, question.observer());
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

    private static List<Reading> readings(Run run, String observer)
            throws MissingEvidenceException {
        List<Reading> readings = new ArrayList<>();
        for (Event.ImageAccessed read : run.events(Event.ImageAccessed.class)) {
            if (read.actor().equals(observer) && read.outcome() == ImageAccess.READ) {
                KeptImage image = run.images().of(read.subject(), read.sha256());
                readings.add(new Reading(read, image.name(), image.file(), image.bytes()));
            }
        }
        DiskHistory own = new DiskHistory(run, observer);
        for (Event.DeviceRead read : own.of(Event.DeviceRead.class)) {
            String image = own.imageAt(own.index(read)).orElse("");
            byte[] bytes = run.images().deviceRead(read.subject());
            if (read.outcome().isEmpty()) {
                readings.add(new Reading(read, image, read.subject(), bytes));
            }
        }
        return readings;
    }

    private static void requireControl(
            Run run, DiskHistory disk, List<Gone> gone, List<Reading> readings, String observer)
            throws MissingEvidenceException {
        if (gone.isEmpty()) {
            throw new MissingEvidenceException(
                    "%s had no secret that went away".formatted(disk.machine()));
        }
        for (Gone secret : gone) {
            disk.requireOnDisk(secret.saved(), disk.index(secret.by()));
            Set<Long> space =
                    run.images().space(disk.imageAt(disk.index(secret.by())).orElse(""));
            boolean looked = false;
            for (Reading reading : readings) {
                looked |= disk.index(reading.event) > disk.index(secret.by())
                        && !Collections.disjoint(space, run.images().space(reading.image));
            }
            if (!looked) {
                throw new MissingEvidenceException(
                        "%s read nothing, after it was gone, that has space of the disk of %s"
                                .formatted(observer, disk.machine()));
            }
        }
    }
}
