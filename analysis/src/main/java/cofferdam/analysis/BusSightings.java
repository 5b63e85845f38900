package cofferdam.analysis;

import cofferdam.analysis.HexRanges.Range;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a machine found on its buses, by its own word and by what the buses saw. */
final class BusSightings {

    static final String PCI = "pci";
    static final String PORTS = "ports";
    static final String MEMORY = "memory";

    private static final int FUNCTIONS = 1 << 16;

    private static final Pattern FINDING = Pattern.compile(
            "pci (?<place>[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7])|port (?<port>[0-9a-f]{4})"
                    + "|memory (?<memory>[0-9a-f]{8,12}-[0-9a-f]{8,12})");

    private final Map<String, String> identities = new HashMap<>();
    private final List<Range> ports = new ArrayList<>();
    private final List<Range> memory = new ArrayList<>();
    private final Map<String, HexRanges> looked = new HashMap<>();
    private final Map<String, HexRanges> answered = new HashMap<>();
    private final Map<String, Integer> unlisted = new HashMap<>();
    private final Set<String> listed = new HashSet<>();

    /**
     * Takes a finding.
     *
     * @return whether it is of something that was given
     * @throws MissingEvidenceException if it is not in proper form
     */
    boolean take(Event.DeviceFound found, GivenDevices given) throws MissingEvidenceException {
        Matcher matcher = FINDING.matcher(found.subject());
        if (!matcher.matches()) {
            throw new MissingEvidenceException(
                    "%s found '%s', which is no place".formatted(found.actor(), found.subject()));
        }
        if (matcher.group("place") != null) {
            unlisted.merge(PCI, 1, Integer::sum);
            String place = matcher.group("place");
            identities.put(place, found.outcome());
            return given.identityAt(place).filter(found.outcome()::equals).isPresent();
        }
        boolean isPort = matcher.group("port") != null;
        unlisted.merge(isPort ? PORTS : MEMORY, 1, Integer::sum);
        HexRanges at = HexRanges.parse(matcher.group(isPort ? "port" : "memory"));
        (isPort ? ports : memory).addAll(at.ranges());
        return (isPort ? given.ports() : given.memory()).containsAll(at);
    }

    /**
     * Takes what a bus saw.
     *
     * @return whether all that answered was given
     * @throws MissingEvidenceException if it is not in proper form
     */
    boolean take(Event.BusScanned scan, GivenDevices given) throws MissingEvidenceException {
        HexRanges read = HexRanges.parse(scan.outcome());
        HexRanges answers = HexRanges.parse(scan.answered());
        looked.merge(scan.subject(), read, HexRanges::and);
        answered.merge(scan.subject(), answers, HexRanges::and);
        return switch (scan.subject()) {
            case PCI -> answers.ranges().stream().allMatch(at -> given(at, given));
            case PORTS -> given.ports().containsAll(answers);
            case MEMORY -> given.pages().containsAll(answers);
            default ->
                throw new MissingEvidenceException(
                        "%s scanned '%s', which is no bus".formatted(scan.actor(), scan.subject()));
        };
    }

    /**
     * Takes that a bus was told of to its end.
     *
     * @throws MissingEvidenceException if it is not in proper form, or what was told is not all there
     */
    void take(Event.DevicesListed list) throws MissingEvidenceException {
        HexRanges read = HexRanges.parse(list.outcome());
        if (!List.of(PCI, PORTS, MEMORY).contains(list.subject())) {
            throw new MissingEvidenceException(
                    "%s listed '%s', which is no bus".formatted(list.actor(), list.subject()));
        }
        int there = Objects.requireNonNullElse(unlisted.remove(list.subject()), 0);
        if (there != list.found()) {
            throw new MissingEvidenceException(
                    "%s found %d places of its bus '%s', of which %d are told"
                            .formatted(list.actor(), list.found(), list.subject(), there));
        }
        looked.merge(list.subject(), read, HexRanges::and);
        listed.add(list.subject());
    }

    private static boolean given(Range functions, GivenDevices given) {
        if (functions.last() >= FUNCTIONS) {
            return false;
        }
        for (long number = functions.first(); number <= functions.last(); number++) {
            String place = "%02x:%02x.%x".formatted(number >>> 8, number >>> 3 & 0x1f, number & 7);
            if (given.identityAt(place).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether every number of the range was read on that bus. */
    boolean lookedAt(String bus, Range all) {
        return looked(bus).contains(all);
    }

    /**
     * Whether every port of the range was read but those of the serial lines, by which a machine tells of
     * its ports, if it does so itself.
     */
    boolean lookedAtPorts(Range all, HexRanges serialLines) {
        return lookedAt(PORTS, all)
                || (listed.contains(PORTS) && looked(PORTS).and(serialLines).contains(all));
    }

    /** Whether the machine told by itself of one of its buses to the end. */
    boolean isListed() {
        return !listed.isEmpty();
    }

    private HexRanges looked(String bus) {
        return looked.getOrDefault(bus, HexRanges.of(List.of()));
    }

    /** Whether the device was found wherever it should be: function, ports and every range of memory. */
    boolean has(GivenDevices.Device device) {
        boolean function = device.function().isEmpty()
                || device.identity().equals(identities.get(device.function()));
        boolean nothing = device.function().isEmpty()
                && device.ports().isEmpty()
                && device.memory().isEmpty();
        return function
                && !nothing
                && (device.ports().isEmpty()
                        || isBusyTelling(device)
                        || device.ports().ranges().stream().anyMatch(this::answeredAtPorts))
                && device.memory().ranges().stream()
                        .allMatch(range -> HexRanges.of(memory).touches(range));
    }

    /** Whether it was left out, as the lines by which a machine tells are. */
    private boolean isBusyTelling(GivenDevices.Device device) {
        return device.name().equals(GivenDevices.SERIAL)
                && listed.contains(PORTS)
                && device.ports().ranges().stream().noneMatch(looked(PORTS)::touches);
    }

    private boolean answeredAtPorts(Range range) {
        HexRanges seen = answered.getOrDefault(PORTS, HexRanges.of(List.of()));
        return seen.touches(range) || HexRanges.of(ports).touches(range);
    }

    /** Whether the machine itself told of functions, ports and memory. */
    boolean isTold() {
        return !identities.isEmpty() && !ports.isEmpty() && !memory.isEmpty();
    }
}
