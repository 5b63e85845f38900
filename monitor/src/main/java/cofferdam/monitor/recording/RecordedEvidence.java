package cofferdam.monitor.recording;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.VantageCapture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Keeps a run's evidence in memory and gives it as files. Not for use by several threads at a time.
 */
public final class RecordedEvidence implements Evidence {

    /** The most that one vantage's capture may grow to, in bytes. */
    public static final int MAXIMUM_VANTAGE_BYTES = 64 << 20;

    /** The most vantages of a run. */
    public static final int MAXIMUM_VANTAGES = 64;

    private static final Pattern VANTAGE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final List<Event> events = new ArrayList<>();
    private final SortedMap<String, RecordedCapture> captures = new TreeMap<>();
    private final RecordedImages images = new RecordedImages();

    private final List<Long> prefixes;

    /** Nothing is recorded yet. */
    public RecordedEvidence() {
        this(List.of());
    }

    /**
     * Nothing is recorded yet.
     *
     * @param prefixes the first 64 bits of the IPv6 addresses that the machines make of their
     *     hardware addresses, which captures name too; none where they do not speak it
     */
    public RecordedEvidence(List<Long> prefixes) {
        this.prefixes = List.copyOf(prefixes);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the event's time is before that of the one before it
     * @throws EvidenceLimitException if there are more than {@link EventLog#MAXIMUM_EVENTS}
     */
    @Override
    public void record(Event event) {
        if (!events.isEmpty() && event.time() < events.getLast().time()) {
            throw new IllegalArgumentException("event of %s at %d is before the last at %d"
                    .formatted(event.actor(), event.time(), events.getLast().time()));
        }
        if (events.size() == EventLog.MAXIMUM_EVENTS) {
            throw new EvidenceLimitException(
                    "run has more than %d events".formatted(EventLog.MAXIMUM_EVENTS));
        }
        events.add(event);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the name is not 1 to 64 lower-case letters, digits and
     *     hyphens
     * @throws EvidenceLimitException if there are more than {@link #MAXIMUM_VANTAGES}
     */
    @Override
    public VantageCapture capture(String vantage) {
        RecordedCapture known = captures.get(vantage);
        if (known != null) {
            return known;
        }
        if (!VANTAGE.matcher(vantage).matches()) {
            throw new IllegalArgumentException(
                    "vantage '%s' is not of lower-case letters, digits and hyphens"
                            .formatted(vantage));
        }
        if (captures.size() == MAXIMUM_VANTAGES) {
            throw new EvidenceLimitException(
                    "vantage '%s' is beyond the %d allowed".formatted(vantage, MAXIMUM_VANTAGES));
        }
        RecordedCapture made = new RecordedCapture(vantage);
        captures.put(vantage, made);
        return made;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a name is not of lower-case letters, digits, dots and
     *     hyphens, or the moment has an image of that name already
     * @throws EvidenceLimitException if a run keeps too many images
     */
    @Override
    public void image(String moment, String name, byte[] bytes, List<Integer> space) {
        images.keep(moment, name, bytes, space);
    }

    @Override
    public String deviceRead(String machine, byte[] bytes) {
        return images.read(machine, bytes);
    }

    @Override
    public String memoryRead(String reader, byte[] bytes) {
        return images.memory(reader, bytes);
    }

    /** The events so far, in order. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** The time of the last event, 0 before the first. */
    public long latest() {
        return events.isEmpty() ? 0 : events.getLast().time();
    }

    /** Whether no vantage has captured a frame yet: nobody has sent any. */
    public boolean isSilent() {
        return captures.values().stream().allMatch(RecordedCapture::isSilent);
    }

    /**
     * The evidence so far as files by their names: {@code events.jsonl}, and {@code
     * captures/<vantage>.pcapng} with the names of the machines that have started; of a run with
     * disks also {@code images.json} and what it names.
     */
    public SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("events.jsonl", EventLog.write(events));
        files.putAll(images.files());
        SortedMap<Ipv4Address, String> names = names();
        SortedMap<Ipv6Address, String> namesOfIpv6 = namesOfIpv6();
        for (Map.Entry<String, RecordedCapture> capture : captures.entrySet()) {
            files.put(
                    "captures/" + capture.getKey() + ".pcapng",
                    capture.getValue().file(names, namesOfIpv6));
        }
        return files;
    }

    private SortedMap<Ipv4Address, String> names() {
        SortedMap<Ipv4Address, String> names = new TreeMap<>();
        for (Event event : events) {
            if (event instanceof Event.MachineStarted started) {
                names.put(started.subject(), started.actor());
            }
        }
        return names;
    }

    private SortedMap<Ipv6Address, String> namesOfIpv6() {
        SortedMap<Ipv6Address, String> names = new TreeMap<>();
        for (Event event : events) {
            if (event instanceof Event.MachineStarted started) {
                prefixes.forEach(prefix ->
                        names.put(Ipv6Address.eui64(prefix, started.outcome()), started.actor()));
            }
        }
        return names;
    }
}
