package cofferdam.analysis.evidence;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.pcapng.PcapngException;
import cofferdam.monitor.pcapng.PcapngReader;
import cofferdam.monitor.policy.Policy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a run's evidence. What cannot be read is noted and leaves the rest usable. */
public final class RunReader {

    private static final String EVENTS = "events.jsonl";
    /** The vantage that is no machine: the wire between the host and the physical switch. */
    public static final String UPLINK = "uplink";

    private static final Pattern MACHINE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final int MAXIMUM_MACHINES = 63;

    private final Source files;
    private final Policy policy;
    private final SortedMap<String, Vantage> vantages = new TreeMap<>();
    private final Map<String, String> problems = new HashMap<>();

    private RunReader(Source files, Policy policy) {
        this.files = files;
        this.policy = policy;
    }

    /** Where a run's files come from. */
    @FunctionalInterface
    public interface Source {
        /** The contents of a file, if there is one of that name. */
        Optional<byte[]> read(String name) throws EvidenceException;
    }

    /**
     * Reads a run.
     *
     * @param policy how the host was configured
     * @throws MissingEvidenceException if there is no usable event log
     */
    public static Run read(Source files, Policy policy) throws MissingEvidenceException {
        return new RunReader(files, policy).run();
    }

    private Run run() throws MissingEvidenceException {
        List<Event> events = events();
        Map<String, Machine> machines = machines(events);
        Set<String> names = new LinkedHashSet<>(machines.keySet());
        names.add(UPLINK);
        for (String name : names) {
            Machine machine = machines.get(name);
            capture(name, machine == null ? null : machine.mac());
        }
        return new Run(
                policy, events, machines, flows(events), vantages, new KeptImages(files), problems);
    }

    private List<Event> events() throws MissingEvidenceException {
        try {
            byte[] log = files.read(EVENTS)
                    .orElseThrow(() -> new MissingEvidenceException("there is no " + EVENTS));
            return EventLog.read(log);
        } catch (EvidenceException e) {
            throw new MissingEvidenceException(EVENTS + ": " + e.getMessage());
        }
    }

    private static Map<String, Machine> machines(List<Event> events)
            throws MissingEvidenceException {
        Map<String, Machine> machines = new TreeMap<>();
        for (Event event : events) {
            if (event instanceof Event.MachineStarted started) {
                add(machines, started);
            }
        }
        return machines;
    }

    private static void add(Map<String, Machine> machines, Event.MachineStarted started)
            throws MissingEvidenceException {
        Machine added = new Machine(started.actor(), started.subject(), started.outcome());
        if (!MACHINE.matcher(added.name()).matches() || added.name().equals(UPLINK)) {
            throw new MissingEvidenceException("a started machine has no proper name");
        }
        boolean contradicts =
                machines.values().stream().anyMatch(known -> isConfused(known, added));
        if (contradicts || machines.size() == MAXIMUM_MACHINES) {
            throw new MissingEvidenceException(
                    "machine '%s' started with contradictory addresses, or as one of more than %d"
                            .formatted(added.name(), MAXIMUM_MACHINES));
        }
        machines.put(added.name(), added);
    }

    private static boolean isConfused(Machine known, Machine added) {
        boolean shares = known.name().equals(added.name())
                || known.address().equals(added.address())
                || known.mac().equals(added.mac());
        return shares && !known.equals(added);
    }

    private void capture(String name, @Nullable MacAddress own) {
        String file = "captures/" + name + ".pcapng";
        try {
            byte[] bytes = files.read(file).orElse(null);
            if (bytes != null) {
                vantages.put(name, Vantage.of(name, file, PcapngReader.read(bytes), own));
            }
        } catch (EvidenceException | PcapngException e) {
            problems.put(name, "%s: %s".formatted(file, e.getMessage()));
        }
    }

    private static List<Flow> flows(List<Event> events) {
        Map<FlowId, Event.FlowStarted> started = new HashMap<>();
        List<Flow> flows = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.FlowStarted start) {
                started.putIfAbsent(start.flow(), start);
            }
            if (event instanceof Event.FlowFinished end && end.outcome() != FlowOutcome.UNKNOWN) {
                flows.add(flow(started.get(end.flow()), end));
            }
        }
        return flows;
    }

    private static Flow flow(Event.@Nullable FlowStarted start, Event.FlowFinished end) {
        boolean matches = start != null
                && start.actor().equals(end.actor())
                && start.subject().equals(end.subject())
                && start.kind() == end.kind();
        return new Flow(
                end.flow().value(),
                end.kind(),
                end.actor(),
                end.subject(),
                matches && start != null ? start.time() : end.time(),
                end.time(),
                end.outcome() == FlowOutcome.COMPLETED);
    }
}
