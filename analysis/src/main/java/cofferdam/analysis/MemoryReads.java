package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Sha256;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The memory that somebody read in a run, event by event and byte by byte. */
final class MemoryReads {

    private final Run run;
    private final List<Event.MemoryRead> reads;

    private MemoryReads(Run run, List<Event.MemoryRead> reads) {
        this.run = run;
        this.reads = List.copyOf(reads);
    }

    /** All reads of that reader, in order, those that failed included. */
    static MemoryReads by(Run run, String reader) {
        return new MemoryReads(
                run,
                run.events(Event.MemoryRead.class).stream()
                        .filter(read -> read.actor().equals(reader))
                        .toList());
    }

    /** The events. */
    List<Event.MemoryRead> events() {
        return reads;
    }

    /** What was found, and what could not be looked at. */
    record Search(List<ImageReference> found, Optional<MissingEvidenceException> missing) {
        Search {
            found = List.copyOf(found);
        }

        /** How many places were found, of which a reference may have only the first. */
        int places() {
            return found.stream().mapToInt(place -> place.offsets().size()).sum();
        }
    }

    /** Looks for canaries in every read; which ones, is told for each read. */
    Search search(Function<Event.MemoryRead, List<Canary>> canaries) {
        List<ImageReference> found = new ArrayList<>();
        Optional<MissingEvidenceException> missing = Optional.empty();
        for (Event.MemoryRead read : reads) {
            if (read.subject().isEmpty()) {
                continue;
            }
            try {
                byte[] bytes = run.images().memoryRead(read.subject());
                List<Long> offsets = offsets(bytes, canaries.apply(read));
                if (!offsets.isEmpty()) {
                    found.add(new ImageReference(read.subject(), offsets));
                }
                requireAsRead(read, bytes);
            } catch (MissingEvidenceException e) {
                missing = Optional.of(e);
            }
        }
        return new Search(found, missing);
    }

    /** Whether a read has this canary in its bytes, and all of them are as they were read. */
    boolean hasWhole(Event.MemoryRead read, Canary canary) throws MissingEvidenceException {
        if (read.subject().isEmpty() || !read.outcome().isEmpty()) {
            return false;
        }
        byte[] bytes = run.images().memoryRead(read.subject());
        requireAsRead(read, bytes);
        return !CanarySearch.offsets(bytes, canary).isEmpty();
    }

    private static List<Long> offsets(byte[] bytes, List<Canary> canaries) {
        return canaries.stream()
                .flatMap(canary -> CanarySearch.offsets(bytes, canary).stream())
                .distinct()
                .toList();
    }

    private static void requireAsRead(Event.MemoryRead read, byte[] bytes)
            throws MissingEvidenceException {
        if (bytes.length != read.bytes() || !Sha256.of(bytes).equals(read.sha256())) {
            throw new MissingEvidenceException(
                    "%s is not as %s read it".formatted(read.subject(), read.actor()));
        }
    }
}
