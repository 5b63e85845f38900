package cofferdam.analysis;

import cofferdam.analysis.evidence.FrameRanges;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.PageFrames;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Sha256;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Whether a machine finds in its own memory what another had in the same frames before. */
final class ResidualMemoryConfidentiality implements Checker {

    /** The attack that only reads. */
    private static final String SCAN = "memory-scan";

    private static final Property PROPERTY = new Property(
            "residual-memory-confidentiality",
            1,
            "can what the subject had in memory that was taken from it be read by the observer in its"
                    + " own?",
            true,
            "the run completed; the subject recalled its secret, then frames that had it were taken"
                    + " from it; the observer then read all of its own memory, which had got some of"
                    + " these very frames, nobody in between, and found nothing at all in them");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Optional<String> withoutMonitor() {
        return Optional.of("separate machines share no memory");
    }

    /** All of the observer's memory: the frames that it lay in, and those that had nothing in them. */
    private record Reading(Event.MemoryRead event, BitSet frames, BitSet empty) {}

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String subject = run.machine(question.subject().getFirst()).name();
        String observer = run.machine(question.observer()).name();
        Chronicle chronicle = new Chronicle(run);
        MemorySecrets secrets = new MemorySecrets(chronicle, subject);
        List<ImageReference> found = new ArrayList<>();
        List<Reading> whole = new ArrayList<>();
        Optional<MissingEvidenceException> missing = Optional.empty();
        for (Event.MemoryRead read : chronicle.all(
                Event.MemoryRead.class,
                event -> event.actor().equals(observer) && event.of().equals(observer))) {
            try {
                byte[] bytes = bytes(run, read);
                List<Long> offsets = secrets.offsets(bytes, read);
                if (!offsets.isEmpty()) {
                    found.add(new ImageReference(read.subject(), offsets));
                }
                if (isWhole(chronicle, read, bytes)) {
                    whole.add(reading(read, bytes));
                }
            } catch (MissingEvidenceException e) {
                missing = Optional.of(e);
            }
        }
        if (!found.isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s read in its own memory what %s had remembered".formatted(observer, subject),
                    found);
        }
        if (missing.isPresent()) {
            throw missing.get();
        }
        run.requireCompleted();
        int frames = requirePassedOn(chronicle, secrets, whole, question);
        Figure figure = new Figure("frames-passed-on", Integer.toString(frames), "");
        return Judgement.upheld(
                        question,
                        "%s got %d frames in which the secret of %s had been, and nothing of it"
                                .formatted(observer, frames, subject))
                .with(List.of(figure));
    }

    private static byte[] bytes(Run run, Event.MemoryRead read) throws MissingEvidenceException {
        byte[] bytes = run.images().memoryRead(read.subject());
        if (!Sha256.of(bytes).equals(read.sha256())) {
            throw new MissingEvidenceException(
                    "%s is not as it was kept".formatted(read.subject()));
        }
        return bytes;
    }

    private static Reading reading(Event.MemoryRead read, byte[] bytes)
            throws MissingEvidenceException {
        BitSet frames = new BitSet();
        BitSet empty = new BitSet();
        int page = 0;
        for (int frame : PageFrames.parse(read.frames())) {
            if (frame >= 0) {
                frames.set(frame);
                empty.set(frame, Pages.isEmpty(bytes, page));
            }
            page++;
        }
        return new Reading(read, frames, empty);
    }

    private static boolean isWhole(Chronicle chronicle, Event.MemoryRead read, byte[] bytes) {
        return read.outcome().isEmpty()
                && read.bytes() == bytes.length
                && chronicle
                        .lastBefore(
                                read,
                                Event.MemoryConfigured.class,
                                given -> given.subject().equals(read.actor()))
                        .filter(given -> given.size() == bytes.length)
                        .isPresent();
    }

    /**
     * How many frames had a secret when they were taken and were then next in a reading. Enough of them
     * must have been read with nothing in them: where there is something, the observer itself, or the
     * subject before, may have written over the secret.
     */
    private static int requirePassedOn(
            Chronicle chronicle, MemorySecrets secrets, List<Reading> readings, Question question)
            throws MissingEvidenceException {
        List<MemorySecrets.Departure> departures = secrets.departures();
        BitSet all = new BitSet();
        int empty = 0;
        for (Reading reading : readings) {
            all.or(passedOn(chronicle, departures, reading));
            BitSet passed = passedOn(chronicle, idle(chronicle, departures, reading), reading);
            passed.and(reading.empty());
            empty = Math.max(empty, passed.cardinality());
        }
        String who = question.observer();
        String whose = question.subject().getFirst();
        if (all.cardinality() < MemorySecrets.MINIMUM_FRAMES) {
            throw new MissingEvidenceException(
                    "%s read %d of the frames that had the secret of %s, all of its memory; it takes %d"
                            .formatted(
                                    who, all.cardinality(), whose, MemorySecrets.MINIMUM_FRAMES));
        }
        if (empty < MemorySecrets.MINIMUM_FRAMES) {
            throw new MissingEvidenceException(
                    "of the frames that had the secret of %s, %s read %d with nothing in them, which nobody has written over; it takes %d"
                            .formatted(whose, who, empty, MemorySecrets.MINIMUM_FRAMES));
        }
        return all.cardinality();
    }

    /** Those before which the subject did nothing that may clear memory of its own. */
    private static List<MemorySecrets.Departure> idle(
            Chronicle chronicle, List<MemorySecrets.Departure> departures, Reading reading) {
        return departures.stream()
                .filter(departure -> chronicle.isBefore(departure.by(), reading.event()))
                .filter(departure ->
                        chronicle.between(departure.recalled(), departure.by()).stream()
                                .noneMatch(event ->
                                        writes(event, departure.recalled().actor())))
                .toList();
    }

    /** Whether it is work that takes memory of the machine, beyond what its system takes to run. */
    private static boolean writes(Event event, String machine) {
        if (event instanceof Event.ServiceMeasured service) {
            return service.subject().equals(machine);
        }
        return event.actor().equals(machine)
                && (event instanceof Event.PagesHeld
                        || event instanceof Event.SecretRemembered
                        || event instanceof Event.WritesTimed
                        || event instanceof Event.MessageGiven
                        || event instanceof Event.MessageReceived
                        || event instanceof Event.FileSaved
                        || event instanceof Event.FileRead
                        || event instanceof Event.FileErased
                        || event instanceof Event.DeviceRead
                        || (event instanceof Event.AttackStarted attack
                                && !attack.subject().equals(SCAN)));
    }

    private static BitSet passedOn(
            Chronicle chronicle, List<MemorySecrets.Departure> departures, Reading reading)
            throws MissingEvidenceException {
        BitSet passed = new BitSet();
        for (MemorySecrets.Departure departure : departures) {
            if (chronicle.isBefore(departure.by(), reading.event())) {
                passed.or(passedOn(chronicle, departure, reading));
            }
        }
        return passed;
    }

    private static BitSet passedOn(
            Chronicle chronicle, MemorySecrets.Departure departure, Reading reading)
            throws MissingEvidenceException {
        BitSet frames = (BitSet) departure.frames().clone();
        for (Event event : chronicle.between(departure.by(), reading.event())) {
            if (event instanceof Event.FramesReleased released) {
                // Whoever had them in between may have written something else there.
                frames.andNot(FrameRanges.parse(released.frames()));
            }
        }
        frames.and(reading.frames());
        return frames;
    }
}
