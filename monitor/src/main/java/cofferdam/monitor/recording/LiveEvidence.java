package cofferdam.monitor.recording;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.VantageCapture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happens on a host that may live for hours: the last events, and counts of frames, in memory;
 * where a folder is given, also {@code events.jsonl} and {@code captures/<vantage>.pcapng} in it, as
 * it happens and up to limits. Such a host has no disks and no memory of its own to keep. Not for use
 * by several threads at a time.
 */
public final class LiveEvidence implements Evidence, AutoCloseable {

    /** How many events are kept in memory. */
    public static final int MAXIMUM_KEPT_EVENTS = 1000;

    /** The most events that are written to the folder. */
    public static final int MAXIMUM_WRITTEN_EVENTS = EventLog.MAXIMUM_EVENTS;

    /** How large a capture in the folder may grow, in bytes; frames that come then are counted alone. */
    public static final long MAXIMUM_CAPTURE_BYTES = RecordedEvidence.MAXIMUM_VANTAGE_BYTES;

    private final Optional<Path> folder;
    private final Optional<OutputStream> log;
    private final ArrayDeque<Event> kept = new ArrayDeque<>();
    private final Map<String, LiveCapture> captures = new LinkedHashMap<>();
    private final SortedMap<Ipv4Address, String> names = new TreeMap<>();
    private long recorded;

    private LiveEvidence(Optional<Path> folder, Optional<OutputStream> log) {
        this.folder = folder;
        this.log = log;
    }

    /** Evidence of which nothing is written. */
    public static LiveEvidence inMemory() {
        return new LiveEvidence(Optional.empty(), Optional.empty());
    }

    /**
     * Evidence that is also written to a folder, which is made.
     *
     * @throws IOException if it cannot be made, or is there already and not empty
     */
    public static LiveEvidence into(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IOException("folder '%s' is not empty".formatted(folder));
            }
        }
        Files.createDirectory(folder.resolve("captures"));
        OutputStream log =
                new BufferedOutputStream(Files.newOutputStream(folder.resolve("events.jsonl")));
        return new LiveEvidence(Optional.of(folder), Optional.of(log));
    }

    @Override
    public void record(Event event) {
        if (event instanceof Event.MachineStarted started) {
            names.put(started.subject(), started.actor());
        }
        if (kept.size() == MAXIMUM_KEPT_EVENTS) {
            kept.removeFirst();
        }
        kept.add(event);
        recorded++;
        if (log.isPresent() && recorded <= MAXIMUM_WRITTEN_EVENTS) {
            write(log.get(), event);
        }
    }

    private static void write(OutputStream log, Event event) {
        try {
            log.write(EventLog.write(List.of(event)));
        } catch (IOException failed) {
            throw new UncheckedIOException("event could not be written", failed);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws EvidenceLimitException if there are more than {@link
     *     RecordedEvidence#MAXIMUM_VANTAGES}
     */
    @Override
    public VantageCapture capture(String vantage) {
        LiveCapture known = captures.get(vantage);
        if (known != null) {
            return known;
        }
        if (captures.size() == RecordedEvidence.MAXIMUM_VANTAGES) {
            throw new EvidenceLimitException("vantage '%s' is beyond the %d allowed"
                    .formatted(vantage, RecordedEvidence.MAXIMUM_VANTAGES));
        }
        LiveCapture made = new LiveCapture(
                vantage,
                folder.map(path -> path.resolve("captures").resolve(vantage + ".pcapng")),
                names);
        captures.put(vantage, made);
        return made;
    }

    /** A live host keeps no images. */
    @Override
    public void image(String moment, String name, byte[] bytes, List<Integer> space) {
        throw new UnsupportedOperationException("a live host keeps no image '%s'".formatted(name));
    }

    /** A live host's machines have no disks. */
    @Override
    public String deviceRead(String machine, byte[] bytes) {
        throw new UnsupportedOperationException(
                "machine '%s' of a live host has no disk".formatted(machine));
    }

    /** A live host's machines have no memory. */
    @Override
    public String memoryRead(String reader, byte[] bytes) {
        throw new UnsupportedOperationException(
                "'%s' reads memory on a live host".formatted(reader));
    }

    /** How many events there were. */
    public long recorded() {
        return recorded;
    }

    /** The last events, at most {@link #MAXIMUM_KEPT_EVENTS}, the oldest first. */
    public List<Event> latest(int atMost) {
        return kept.stream().skip(Math.max(0, kept.size() - atMost)).toList();
    }

    /** How many frames passed each vantage's interfaces, in the order of their making. */
    public List<Traffic> traffic() {
        List<Traffic> all = new ArrayList<>();
        captures.values().forEach(capture -> all.addAll(capture.traffic()));
        return List.copyOf(all);
    }

    /** Hands to the system what has not been handed over yet. */
    public void flush() {
        captures.values().forEach(LiveCapture::flush);
        try {
            if (log.isPresent()) {
                log.get().flush();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("events could not be written", failed);
        }
    }

    @Override
    public void close() {
        captures.values().forEach(LiveCapture::close);
        try {
            if (log.isPresent()) {
                log.get().close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("events could not be written", failed);
        }
    }

    /**
     * What passed one interface of a vantage.
     *
     * @param in frames that came to the machine
     * @param out frames that the machine sent
     * @param lost frames that were counted and not written, since the capture is full
     */
    public record Traffic(String vantage, String name, long in, long out, long lost) {}
}
