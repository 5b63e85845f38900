package cofferdam.analysis;

import cofferdam.analysis.evidence.KeptImage;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ImageAccess;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether what a machine keeps in a file can be found in its image by whoever reads the image. */
final class ImageConfidentiality implements Checker {

    private static final Property PROPERTY = new Property(
            "image-confidentiality",
            1,
            "can a secret in the subject's file be found in its image, format unknown?",
            true,
            "the run completed; the subject saved a secret and read it back after it was off and on"
                    + " again; the observer read the whole image in between, and it had changed");

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
        List<Event.ImageAccessed> reads = disk.accesses(question.observer(), ImageAccess.READ);
        List<ImageReference> found = new ArrayList<>();
        int places = 0;
        Optional<MissingEvidenceException> missing = Optional.empty();
        for (Event.ImageAccessed read : reads) {
            try {
                KeptImage image = run.images().of(read.subject(), read.sha256());
                List<Long> offsets = offsets(disk, read, image);
                if (!offsets.isEmpty()) {
                    places += offsets.size();
                    found.add(new ImageReference(image.file(), offsets));
                }
            } catch (MissingEvidenceException e) {
                missing = Optional.of(e);
            }
        }
        if (!found.isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s found the secret of %s at %d places of its image"
                            .formatted(question.observer(), subject, places),
                    found);
        }
        if (missing.isPresent()) {
            throw missing.get();
        }
        run.requireCompleted();
        requireControl(run, disk, reads, question.observer());
        return Judgement.upheld(
                question,
                "%s read the whole image of %s, and the secret in its file is not there"
                        .formatted(question.observer(), subject));
    }

    /** Where the image has what the machine had saved before it was read. */
    private static List<Long> offsets(DiskHistory disk, Event.ImageAccessed read, KeptImage image) {
        return disk.saved().stream()
                .filter(saved -> disk.index(saved) < disk.index(read))
                .flatMap(saved -> CanarySearch.offsets(image.bytes(), saved.canary()).stream())
                .distinct()
                .toList();
    }

    private static void requireControl(
            Run run, DiskHistory disk, List<Event.ImageAccessed> reads, String observer)
            throws MissingEvidenceException {
        if (disk.saved().isEmpty()) {
            throw new MissingEvidenceException("%s saved no secret".formatted(disk.machine()));
        }
        for (Event.FileSaved saved : disk.saved()) {
            int when = disk.index(saved);
            DiskHistory.Tenure tenure = disk.tenureAt(when)
                    .orElseThrow(() -> new MissingEvidenceException(
                            "%s had no disk to save on".formatted(disk.machine())));
            Event.ImageAccessed read = reads.stream()
                    .filter(access -> disk.index(access) > when)
                    .filter(access -> tenure.covers(disk.index(access)))
                    .findFirst()
                    .orElseThrow(() -> new MissingEvidenceException(
                            "%s did not read the image of %s after it saved %s"
                                    .formatted(observer, disk.machine(), saved.subject())));
            disk.requireOnDisk(saved, disk.index(read), run.events().size());
            requireChanged(run, disk, saved, tenure, read);
        }
    }

    /** An image that does not change while its machine writes is not that machine's disk. */
    private static void requireChanged(
            Run run,
            DiskHistory disk,
            Event.FileSaved saved,
            DiskHistory.Tenure tenure,
            Event.ImageAccessed read)
            throws MissingEvidenceException {
        String before = disk.momentBefore(disk.index(saved), tenure)
                .map(Event.ImagesKept::subject)
                .orElseThrow(() -> new MissingEvidenceException("no image was kept before"));
        if (run.images().at(before, read.subject()).sha256().equals(read.sha256())) {
            throw new MissingEvidenceException(
                    "%s was the same before the secret was saved and after"
                            .formatted(read.subject()));
        }
    }
}
