package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.PowerState;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
                    + " then began with what it had written; or the monitor refused to start it");

    /** What containers that can name another file begin with. */
    private static final List<byte[]> HEADERS = List.of(
            new byte[] {'Q', 'F', 'I', (byte) 0xfb},
            "# Disk DescriptorFile".getBytes(StandardCharsets.US_ASCII));

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
        for (Event.DeviceRead read : disk.of(Event.DeviceRead.class)) {
            byte[] bytes = run.images().deviceRead(read.subject());
            for (Event.HostFilePlaced secret : secrets) {
                List<Long> offsets = CanarySearch.offsets(bytes, secret.canary());
                if (!offsets.isEmpty()) {
                    found.add(new ImageReference(read.subject(), offsets));
                }
            }
        }
        if (!found.isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s read a file of the host through its own disk".formatted(disk.machine()),
                    found);
        }
        run.requireCompleted();
        if (secrets.isEmpty()) {
            throw new MissingEvidenceException("the host had no secret file");
        }
        return Judgement.upheld(question, control(run, disk));
    }

    private static String control(Run run, DiskHistory disk) throws MissingEvidenceException {
        int written = disk.of(Event.DeviceWritten.class).stream()
                .filter(write -> write.offset() == 0 && write.outcome().isEmpty())
                .mapToInt(disk::index)
                .findFirst()
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s did not write to the beginning of its disk".formatted(disk.machine())));
        Event.PowerChanged start = disk.nextStart(written)
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s was not off and on again afterwards".formatted(disk.machine())));
        if (start.outcome() == PowerState.REFUSED) {
            return "the monitor reported " + start.detail();
        }
        for (Event.DeviceRead read : disk.of(Event.DeviceRead.class)) {
            if (disk.index(read) > disk.index(start)
                    && read.outcome().isEmpty()
                    && hasHeader(run.images().deviceRead(read.subject()))) {
                return "%s read back the header that it wrote, and no file of the host"
                        .formatted(disk.machine());
            }
        }
        throw new MissingEvidenceException(
                "%s did not read back the header that it wrote".formatted(disk.machine()));
    }

    private static boolean hasHeader(byte[] bytes) {
        return HEADERS.stream()
                .anyMatch(header -> bytes.length >= header.length
                        && Arrays.equals(bytes, 0, header.length, header, 0, header.length));
    }
}
