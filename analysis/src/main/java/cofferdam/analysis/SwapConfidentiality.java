package cofferdam.analysis;

import cofferdam.analysis.evidence.KeptImage;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ImageAccess;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the host's swap file shows what a machine had in its memory. */
final class SwapConfidentiality implements Checker {

    private static final Property PROPERTY = new Property(
            "swap-confidentiality",
            1,
            "can what the subject has in memory be read in the host's swap file?",
            true,
            "the run completed; the subject recalled its secret, then frames that had it were swapped"
                    + " out; the observer read the swap file, which had at least as many pages; the"
                    + " subject recalled its secret again only after that");

    /** What the names of swap files end with. */
    private static final String SUFFIX = ".swap";

    private static final String SWAPPED = "swap";

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Optional<String> withoutMonitor() {
        return Optional.of("separate machines have no host that swaps their memory out");
    }

    /** What was read, and how many of its pages have something in them. */
    private record Reading(Event.ImageAccessed access, int pages) {}

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String subject = run.machine(question.subject().getFirst()).name();
        String observer = run.machine(question.observer()).name();
        Chronicle chronicle = new Chronicle(run);
        MemorySecrets secrets = new MemorySecrets(chronicle, subject);
        List<ImageReference> found = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        Optional<MissingEvidenceException> missing = Optional.empty();
        for (Event.ImageAccessed access : chronicle.all(
                Event.ImageAccessed.class, event -> isSwapFileRead(event, observer))) {
            try {
                KeptImage image = run.images().of(access.subject(), access.sha256());
                List<Long> offsets = secrets.offsets(image.bytes(), access);
                if (!offsets.isEmpty()) {
                    found.add(new ImageReference(image.file(), offsets));
                }
                readings.add(new Reading(access, Pages.inUse(image.bytes())));
            } catch (MissingEvidenceException e) {
                missing = Optional.of(e);
            }
        }
        if (!found.isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s read in the swap file what %s had remembered".formatted(observer, subject),
                    found);
        }
        if (missing.isPresent()) {
            throw missing.get();
        }
        run.requireCompleted();
        int frames = requireSwapped(chronicle, secrets, subject, readings);
        Figure figure = new Figure("frames-swapped", Integer.toString(frames), "");
        return Judgement.upheld(
                        question,
                        "%d frames with the secret of %s were swapped out, and %s read nothing of it"
                                .formatted(frames, subject, observer))
                .with(List.of(figure));
    }

    private static boolean isSwapFileRead(Event.ImageAccessed event, String observer) {
        return event.actor().equals(observer)
                && event.outcome() == ImageAccess.READ
                && event.subject().endsWith(SUFFIX);
    }

    private static int requireSwapped(
            Chronicle chronicle, MemorySecrets secrets, String subject, List<Reading> readings)
            throws MissingEvidenceException {
        for (MemorySecrets.Departure departure : secrets.departures()) {
            for (Reading reading : readings) {
                int frames = departure.frames().cardinality();
                if (departure.by().outcome().equals(SWAPPED)
                        && chronicle.isBefore(departure.by(), reading.access())
                        && reading.pages() >= frames
                        && isStillThere(chronicle, departure, reading.access(), subject)
                        && secrets.recalledAfter(reading.access(), departure.canary())) {
                    return frames;
                }
            }
        }
        throw new MissingEvidenceException(
                "no swap file was read while it must have had the secret of %s, which it recalled again"
                        .formatted(subject));
    }

    /** Whether nothing brought the pages back, or ended whoever had them. */
    private static boolean isStillThere(
            Chronicle chronicle,
            MemorySecrets.Departure departure,
            Event.ImageAccessed access,
            String subject) {
        return chronicle.between(departure.by(), access).stream()
                .noneMatch(event -> (event.actor().equals(subject)
                                && (event instanceof Event.SecretRecalled
                                        || event instanceof Event.SecretRemembered
                                        || event instanceof Event.ProcessEnded
                                        || event instanceof Event.MachineEnded
                                        || event instanceof Event.PowerChanged))
                        // Who reads memory has it brought back.
                        || event instanceof Event.MemoryRead
                        || (event instanceof Event.FramesReleased released
                                && released.subject().equals(subject)
                                && !released.outcome().equals(SWAPPED)));
    }
}
