package cofferdam.analysis;

import cofferdam.analysis.evidence.KeptImage;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.PowerState;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether a change of a machine's image is noticed before the machine works on it: the monitor
 * reports it, the machine does not come up, or a read of what was changed fails.
 */
final class ImageIntegrity implements Checker {

    private static final Property PROPERTY = new Property(
            "image-integrity",
            1,
            "is a change of the subject's image noticed before the subject works on it?",
            true,
            "the run completed; the subject had started from the image and saved a file; the"
                    + " observer's change is in the image's bytes; the subject was started on it");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Optional<String> withoutMonitor() {
        return Optional.of("a separate machine's disk is no file of another machine");
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String subject = run.machine(question.subject().getFirst()).name();
        DiskHistory disk = new DiskHistory(run, subject);
        List<Event.ImageAccessed> changes = disk.accesses(question.observer(), ImageAccess.CHANGED);
        if (changes.isEmpty()) {
            throw new MissingEvidenceException(
                    "%s did not change the image of %s".formatted(question.observer(), subject));
        }
        List<String> noticed = new ArrayList<>();
        Optional<MissingEvidenceException> missing = Optional.empty();
        for (Event.ImageAccessed change : changes) {
            try {
                ImageReference place = changedPlaces(run, disk, change);
                Outcome outcome = outcome(run, disk, change);
                if (!outcome.noticed()) {
                    String reason = "%s, and %s".formatted(change.detail(), outcome.what());
                    return Judgement.violated(question, reason, List.of(place));
                }
                noticed.add("%s: %s".formatted(change.detail(), outcome.what()));
            } catch (MissingEvidenceException e) {
                missing = Optional.of(e);
            }
        }
        if (missing.isPresent()) {
            throw missing.get();
        }
        run.requireCompleted();
        return Judgement.upheld(question, String.join("; ", noticed));
    }

    /** What became of the machine after a change, in words. */
    private record Outcome(boolean noticed, String what) {}

    private static Outcome outcome(Run run, DiskHistory disk, Event.ImageAccessed change)
            throws MissingEvidenceException {
        int changed = disk.index(change);
        Event.PowerChanged start = disk.nextStart(changed)
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s was not started after the change".formatted(disk.machine())));
        List<Event.ImageAccessed> batch = batch(run, disk, change, start);
        return switch (start.outcome()) {
            case REFUSED -> noticed(disk, batch, "the monitor reported " + start.detail());
            case FAILED ->
                noticed(
                        disk,
                        batch,
                        "%s did not start: %s".formatted(disk.machine(), start.detail()));
            case STARTED -> {
                requireDifferent(run, disk, batch);
                Outcome outcome = afterStart(disk, changed, disk.index(start));
                yield outcome.noticed() ? noticed(disk, batch, outcome.what()) : outcome;
            }
            case IDLE, OFF ->
                throw new MissingEvidenceException(
                        "%s has no system that could notice".formatted(disk.machine()));
        };
    }

    /** Every change of the image, by whomever, that the machine met for the first time at a start. */
    private static List<Event.ImageAccessed> batch(
            Run run, DiskHistory disk, Event.ImageAccessed change, Event.PowerChanged start) {
        int last = disk.of(Event.PowerChanged.class).stream()
                .filter(power -> power.outcome() == PowerState.STARTED)
                .mapToInt(disk::index)
                .filter(index -> index < disk.index(change))
                .max()
                .orElse(-1);
        return run.events(Event.ImageAccessed.class).stream()
                .filter(access -> access.outcome() == ImageAccess.CHANGED
                        && access.subject().equals(change.subject()))
                .filter(access -> disk.index(access) > last)
                .filter(access -> disk.index(access) < disk.index(start))
                .toList();
    }

    /** A change that was noticed; fails if it may have been something else. */
    private static Outcome noticed(DiskHistory disk, List<Event.ImageAccessed> batch, String what)
            throws MissingEvidenceException {
        if (batch.size() > 1) {
            throw new MissingEvidenceException(
                    "%s was changed %d times before %s was started: which was noticed is unknown"
                            .formatted(batch.getLast().subject(), batch.size(), disk.machine()));
        }
        DiskHistory.Tenure tenure = disk.tenureAt(disk.index(batch.getFirst()))
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s had no disk when it was changed".formatted(disk.machine())));
        boolean overwritten = disk.of(Event.DeviceWritten.class).stream()
                .anyMatch(write -> tenure.covers(disk.index(write)));
        if (overwritten) {
            throw new MissingEvidenceException(
                    "%s wrote past its file system, and that may be what was noticed"
                            .formatted(disk.machine()));
        }
        return new Outcome(true, what);
    }

    /** Two changes may undo each other; where nothing is known from before, the last one counts. */
    private static void requireDifferent(Run run, DiskHistory disk, List<Event.ImageAccessed> batch)
            throws MissingEvidenceException {
        int first = disk.index(batch.getFirst());
        Optional<Event.ImagesKept> before =
                disk.tenureAt(first).flatMap(tenure -> disk.momentBefore(first, tenure));
        if (before.isEmpty()) {
            return;
        }
        String image = batch.getFirst().subject();
        String was = run.images().at(before.get().subject(), image).sha256();
        if (was.equals(batch.getLast().sha256())) {
            throw new MissingEvidenceException(
                    "%s was as before again when %s was started".formatted(image, disk.machine()));
        }
    }

    private static Outcome afterStart(DiskHistory disk, int changed, int started) {
        int end = disk.of(Event.PowerChanged.class).stream()
                .mapToInt(disk::index)
                .filter(index -> index > started)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
        Optional<Outcome> noticed = Optional.empty();
        for (Event.FileRead read : disk.of(Event.FileRead.class)) {
            int when = disk.index(read);
            Optional<Event.FileSaved> saved =
                    when > started && when < end ? disk.latestSave(read) : Optional.empty();
            if (saved.filter(save -> disk.index(save) < changed).isEmpty()) {
                continue;
            }
            if (read.outcome() == FileOutcome.FAILED) {
                noticed = Optional.of(new Outcome(
                        true, "reading %s failed: %s".formatted(read.subject(), read.detail())));
            } else if (!read.sha256().equals(saved.get().sha256())) {
                String what = read.outcome() == FileOutcome.MISSING ? "missed" : "got another";
                return new Outcome(
                        false,
                        "%s started, %s %s, and nothing was reported"
                                .formatted(disk.machine(), what, read.subject()));
            }
        }
        return noticed.orElse(new Outcome(
                false, "%s started on it, and nothing was reported".formatted(disk.machine())));
    }

    /** Where the change is; fails unless it is there, in the image of a machine that worked. */
    private static ImageReference changedPlaces(
            Run run, DiskHistory disk, Event.ImageAccessed change) throws MissingEvidenceException {
        int when = disk.index(change);
        DiskHistory.Tenure tenure = disk.tenureAt(when)
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s had no disk when it was changed".formatted(disk.machine())));
        boolean worked = disk.of(Event.PowerChanged.class).stream()
                .filter(power -> tenure.covers(disk.index(power)) && disk.index(power) < when)
                .filter(power -> power.outcome() != PowerState.OFF)
                .reduce((earlier, later) -> later)
                .filter(power -> power.outcome() == PowerState.STARTED)
                .isPresent();
        boolean saved = disk.saved().stream()
                .anyMatch(save -> tenure.covers(disk.index(save)) && disk.index(save) < when);
        if (!worked || !saved) {
            throw new MissingEvidenceException(
                    "%s had not started from its image and saved a file before the change"
                            .formatted(disk.machine()));
        }
        Event.ImagesKept last = disk.momentBefore(when, tenure)
                .orElseThrow(() -> new MissingEvidenceException("no image was kept before"));
        Event.ImagesKept next = disk.momentAfter(when, tenure)
                .orElseThrow(() -> new MissingEvidenceException("no image was kept afterwards"));
        requireUntouched(run, disk, last, change);
        KeptImage before = run.images().at(last.subject(), change.subject());
        KeptImage after = run.images().at(next.subject(), change.subject());
        if (!after.sha256().equals(change.sha256())) {
            throw new MissingEvidenceException(
                    "%s was changed again before it was kept".formatted(change.subject()));
        }
        long first = Arrays.mismatch(before.bytes(), after.bytes());
        if (first < 0) {
            throw new MissingEvidenceException("the change left the image as it was");
        }
        return new ImageReference(after.file(), List.of(first));
    }

    /** What others changed since the image was kept must not be taken for the observer's change. */
    private static void requireUntouched(
            Run run, DiskHistory disk, Event.ImagesKept last, Event.ImageAccessed change)
            throws MissingEvidenceException {
        boolean touched = run.events().stream()
                .filter(event -> disk.index(event) > disk.index(last)
                        && disk.index(event) < disk.index(change))
                .anyMatch(event -> disk.isWork(event)
                        || (event instanceof Event.ImageAccessed access
                                && access.outcome() == ImageAccess.CHANGED
                                && access.subject().equals(change.subject())));
        if (touched) {
            throw new MissingEvidenceException("%s was used between when it was kept and the change"
                    .formatted(change.subject()));
        }
    }
}
