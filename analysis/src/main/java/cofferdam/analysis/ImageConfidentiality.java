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
        for (Event.ImageAccessed read : reads) {
            KeptImage image = run.images().of(read.subject(), read.sha256());
            List<Long> offsets = new ArrayList<>();
            for (Event.FileSaved saved : disk.saved()) {
                if (disk.index(saved) < disk.index(read)) {
                    offsets.addAll(CanarySearch.offsets(image.bytes(), saved.canary()));
                }
            }
            if (!offsets.isEmpty()) {
                places += offsets.size();
                found.add(new ImageReference(image.file(), offsets));
            }
        }
        if (!found.isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s found the secret of %s at %d places of its image"
                            .formatted(question.observer(), subject, places),
                    found);
        }
        run.requireCompleted();
        requireControl(run, disk, reads, question.observer());
        return Judgement.upheld(
                question,
                "%s read the whole image of %s, and the secret in its file is not there"
                        .formatted(question.observer(), subject));
    }

    private static void requireControl(
            Run run, DiskHistory disk, List<Event.ImageAccessed> reads, String observer)
            throws MissingEvidenceException {
        if (disk.saved().isEmpty()) {
            throw new MissingEvidenceException("%s saved no secret".formatted(disk.machine()));
        }
        for (Event.FileSaved saved : disk.saved()) {
            Event.ImageAccessed read = reads.stream()
                    .filter(access -> disk.index(access) > disk.index(saved))
                    .findFirst()
                    .orElseThrow(() -> new MissingEvidenceException(
                            "%s did not read the image of %s after it saved %s"
                                    .formatted(observer, disk.machine(), saved.subject())));
            disk.requireOnDisk(saved, run.events().size());
            requireChanged(run, disk, read);
        }
    }

    /** An image that does not change while its machine writes is not that machine's disk. */
    private static void requireChanged(Run run, DiskHistory disk, Event.ImageAccessed read)
            throws MissingEvidenceException {
        String first = disk.moments().stream()
                .map(Event.ImagesKept::subject)
                .findFirst()
                .orElseThrow(() -> new MissingEvidenceException("no image was kept"));
        if (run.images().at(first, read.subject()).sha256().equals(read.sha256())) {
            throw new MissingEvidenceException(
                    "%s was the same before the secret was saved and after"
                            .formatted(read.subject()));
        }
    }
}
