package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.MemoryHistory;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Service;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.policy.MonitorPolicy;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What others than the adversary saw of its stressor while its neighbour was measured: in every second
 * of that it must have used at least half of what the policy lets a machine have, or of what is much
 * where the policy lets it have more.
 */
final class StressorMark {

    /** What is much of the processor, in percent of its time. */
    private static final long MUCH_PROCESSOR = 100;

    /** What is much of a disk, in bytes a second. */
    private static final long MUCH_DISK = 16L << 20;

    /** What is much of a network, in bits a second. */
    private static final long MUCH_NETWORK = 2_000_000;

    /** How much of its memory a machine uses that is full, in percent. */
    private static final long FULL = 90;

    /** By how much of its memory a machine's use must change, in percent, if it is not full. */
    private static final long MEMORY_CHANGE = 10;

    private static final long PERCENT = 100;
    private static final long SECOND = 1_000_000_000;
    private static final String REPORT = "stressor ";

    private final Run run;
    private final Attempt attempt;

    StressorMark(Run run, Attempt attempt) {
        this.run = run;
        this.attempt = attempt;
    }

    /** How much of something was used from one time until another, a second. */
    private interface Meter {
        double rate(long from, long until) throws MissingEvidenceException;
    }

    /** Fails unless the stressor that the adversary says it started was at work all that time. */
    void require(Service during) throws MissingEvidenceException {
        String stressor = stressor();
        boolean atWork = switch (stressor) {
            case "memory" -> tookMemory(during);
            case "processor", "fork" -> least(during, this::processor) >= leastProcessor();
            case "disk" -> least(during, this::disk) >= leastDisk();
            case "network-send" -> least(during, this::sent) >= MUCH_NETWORK / 2.0;
            case "network-receive" -> least(during, this::received) >= leastNetwork();
            default ->
                throw new MissingEvidenceException(
                        "what the stressor '%s' uses up is not known".formatted(stressor));
        };
        if (!atWork) {
            throw new MissingEvidenceException(
                    "the stressor %s of %s was not seen at work all the time that its neighbour was measured"
                            .formatted(stressor, attempt.adversary()));
        }
    }

    private String stressor() throws MissingEvidenceException {
        List<String> told = run.events(Event.AttackReported.class).stream()
                .filter(report -> report.actor().equals(attempt.adversary())
                        && report.subject().equals(attempt.attack())
                        && report.outcome().startsWith(REPORT)
                        && attempt.started() <= report.time()
                        && report.time() <= attempt.stopped())
                .map(report -> report.outcome().substring(REPORT.length()))
                .toList();
        if (told.size() != 1) {
            throw new MissingEvidenceException(
                    "%s told %d times which stressor it started, not once"
                            .formatted(attempt.adversary(), told.size()));
        }
        return told.getFirst();
    }

    private static double least(Service during, Meter meter) throws MissingEvidenceException {
        double least = Double.MAX_VALUE;
        for (long from = during.from(); from + SECOND <= during.until(); from += SECOND) {
            least = Math.min(least, meter.rate(from, from + SECOND));
        }
        return least == Double.MAX_VALUE ? 0 : least;
    }

    /** In percent of the processor's time. */
    private double processor(long from, long until) throws MissingEvidenceException {
        return counted(Event.ResourcesSampled::processor, from, until) * PERCENT / SECOND;
    }

    /** In bytes a second. */
    private double disk(long from, long until) throws MissingEvidenceException {
        return counted(Event.ResourcesSampled::disk, from, until);
    }

    private double counted(ToLongFunction<Event.ResourcesSampled> counter, long from, long until)
            throws MissingEvidenceException {
        Event.ResourcesSampled first = sampled(from);
        Event.ResourcesSampled last = sampled(until);
        long used = counter.applyAsLong(last) - counter.applyAsLong(first);
        long span = last.time() - first.time();
        return span <= 0 || used < 0 ? 0 : (double) used * SECOND / span;
    }

    private Event.ResourcesSampled sampled(long time) throws MissingEvidenceException {
        Optional<Event.ResourcesSampled> last = run.events(Event.ResourcesSampled.class).stream()
                .filter(sample -> sample.actor().equals(MemoryHistory.MONITOR)
                        && sample.subject().equals(attempt.adversary())
                        && sample.time() <= time)
                .reduce((earlier, later) -> later);
        return last.orElseThrow(() -> new MissingEvidenceException(
                "the monitor did not tell what %s uses".formatted(attempt.adversary())));
    }

    private double sent(long from, long until) throws MissingEvidenceException {
        return bits(run.vantage(attempt.adversary()).outbound(), from, until);
    }

    private double received(long from, long until) throws MissingEvidenceException {
        return bits(run.vantage(attempt.adversary()).inbound(), from, until);
    }

    private static double bits(List<SeenFrame> frames, long from, long until) {
        long bytes = frames.stream()
                .filter(frame -> from <= frame.time() && frame.time() < until)
                .mapToLong(frame -> frame.frame().bytes().length)
                .sum();
        return (double) bytes * Byte.SIZE * SECOND / (until - from);
    }

    /** It was full, or on the way there, or had just lost all that it had. */
    private boolean tookMemory(Service during) {
        List<Event.MemorySampled> samples = run.events(Event.MemorySampled.class).stream()
                .filter(sample -> sample.actor().equals(attempt.adversary())
                        && sample.subject().equals(attempt.adversary())
                        && during.from() <= sample.time()
                        && sample.time() <= during.until())
                .toList();
        return samples.stream().anyMatch(sample -> isFull(sample))
                || changed(samples)
                || ranOut(during);
    }

    private static boolean isFull(Event.MemorySampled sample) {
        return sample.used() >= sample.size() / PERCENT * FULL;
    }

    private static boolean changed(List<Event.MemorySampled> samples) {
        long most = samples.stream().mapToLong(Event.MemorySampled::used).max().orElse(0);
        long least = samples.stream().mapToLong(Event.MemorySampled::used).min().orElse(0);
        return samples.stream()
                .anyMatch(sample -> most - least >= sample.size() / PERCENT * MEMORY_CHANGE);
    }

    private boolean ranOut(Service during) {
        return run.events(Event.ProcessEnded.class).stream()
                .anyMatch(ended -> ended.actor().equals(attempt.adversary())
                        && ended.outcome() == ProcessEnd.OUT_OF_MEMORY
                        && during.from() <= ended.time()
                        && ended.time() <= during.until());
    }

    /** Half of the least of what is much and what is allowed. */
    private double leastProcessor() {
        return Math.min(MUCH_PROCESSOR, run.policy().processor().limit()) / 2.0;
    }

    private double leastDisk() {
        boolean separate = run.policy().monitor().type() == MonitorPolicy.Type.PHYSICAL;
        long limit = separate ? 0 : run.policy().disk().rateLimit();
        return (limit == 0 ? MUCH_DISK : Math.min(MUCH_DISK, limit)) / 2.0;
    }

    private double leastNetwork() {
        long limit = run.policy().network().rateLimit();
        return (limit == 0 ? MUCH_NETWORK : Math.min(MUCH_NETWORK, limit)) / 2.0;
    }
}
