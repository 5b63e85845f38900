package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.PowerState;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a machine can read a file of the host through its own disk. */
final class HostFileConfidentiality implements Checker {

    private static final Property PROPERTY = new Property(
            "host-file-confidentiality",
            1,
            "can the observer read a file of the host through its own disk?",
            true,
            "the run completed; the host had the file; the observer wrote a container's header to the"
                    + " beginning of its disk, was off and on again, and read its whole disk, which"
                    + " then began with a header that names the file; or the monitor refused to start"
                    + " it");

    /** What containers that can name another file begin with. */
    private static final List<String> HEADERS = List.of("QFI\u00fb", "# Disk DescriptorFile");

    /** Both have the name within so many bytes. */
    private static final int HEADER_BYTES = 64 << 10;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Optional<String> withoutMonitor() {
        return Optional.of("separate machines share no storage with a host");
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        DiskHistory disk = new DiskHistory(run, run.machine(question.observer()).name());
        List<Event.HostFilePlaced> secrets = run.events(Event.HostFilePlaced.class).stream()
                .filter(placed -> question.subject().contains(placed.actor()))
                .toList();
        List<ImageReference> found = new ArrayList<>();
        Optional<MissingEvidenceException> missing = Optional.empty();
        for (Event.DeviceRead read : disk.of(Event.DeviceRead.class)) {
            try {
                byte[] bytes = run.images().deviceRead(read.subject());
                List<Long> offsets = secrets.stream()
                        .flatMap(secret -> CanarySearch.offsets(bytes, secret.canary()).stream())
                        .distinct()
                        .toList();
                if (!offsets.isEmpty()) {
                    found.add(new ImageReference(read.subject(), offsets));
                }
            } catch (MissingEvidenceException e) {
                missing = Optional.of(e);
            }
        }
        if (!found.isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s read a file of the host through its own disk".formatted(disk.machine()),
                    found);
        }
        if (missing.isPresent()) {
            throw missing.get();
        }
        run.requireCompleted();
        return Judgement.upheld(question, control(run, disk, secrets));
    }

    private static String control(Run run, DiskHistory disk, List<Event.HostFilePlaced> secrets)
            throws MissingEvidenceException {
        int written = disk.of(Event.DeviceWritten.class).stream()
                .filter(write -> write.offset() == 0 && write.outcome().isEmpty())
                .mapToInt(disk::index)
                .findFirst()
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s did not write to the beginning of its disk".formatted(disk.machine())));
        List<String> names = secrets.stream()
                .filter(secret -> disk.index(secret) < written)
                .map(Event.HostFilePlaced::subject)
                .toList();
        if (names.isEmpty()) {
            throw new MissingEvidenceException("the host had no secret file");
        }
        Event.PowerChanged start = disk.of(Event.PowerChanged.class).stream()
                .filter(change -> disk.index(change) > written)
                .filter(change -> change.outcome() == PowerState.OFF)
                .findFirst()
                .flatMap(off -> disk.nextStart(disk.index(off)))
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s was not off and on again afterwards".formatted(disk.machine())));
        if (start.outcome() == PowerState.REFUSED) {
            requireItsOwnDoing(run, disk, written, disk.index(start));
            return "the monitor reported " + start.detail();
        }
        for (Event.DeviceRead read : disk.of(Event.DeviceRead.class)) {
            byte[] bytes = run.images().deviceRead(read.subject());
            if (disk.index(read) > disk.index(start)
                    && disk.isWhole(read, bytes)
                    && hasHeader(bytes, names)) {
                return "%s read back the header that it wrote, and no file of the host"
                        .formatted(disk.machine());
            }
        }
        throw new MissingEvidenceException(
                "%s did not read back the header that it wrote".formatted(disk.machine()));
    }

    /** A monitor may refuse a disk for what others did to its image, or because it is another disk. */
    private static void requireItsOwnDoing(Run run, DiskHistory disk, int written, int start)
            throws MissingEvidenceException {
        DiskHistory.Tenure tenure = disk.tenureAt(written)
                .filter(time -> time.covers(start))
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s was started on another disk".formatted(disk.machine())));
        boolean changed = run.events(Event.ImageAccessed.class).stream()
                .filter(access -> access.outcome() == ImageAccess.CHANGED)
                .filter(access -> access.subject().equals(tenure.image()))
                .anyMatch(
                        access -> tenure.covers(disk.index(access)) && disk.index(access) < start);
        if (changed) {
            throw new MissingEvidenceException("%s was changed from outside before %s was refused"
                    .formatted(tenure.image(), disk.machine()));
        }
    }

    /** Whether a container begins there that names one of these files. */
    private static boolean hasHeader(byte[] bytes, List<String> names) {
        String beginning = new String(
                bytes, 0, Math.min(bytes.length, HEADER_BYTES), StandardCharsets.ISO_8859_1);
        return HEADERS.stream().anyMatch(beginning::startsWith)
                && names.stream().anyMatch(beginning::contains);
    }
}
