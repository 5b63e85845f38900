package cofferdam.analysis;

import cofferdam.analysis.HexRanges.Range;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a machine sees only the devices and the memory that it was given. */
final class DeviceConfinement implements Checker {

    private static final Property PROPERTY = new Property(
            "device-confinement",
            1,
            "does the machine see only the devices and the memory that it was given?",
            false,
            "the run completed; what the machine was given was told before it looked, all that its"
                    + " policy gives among it unless the monitor does not go by that; in one attack of"
                    + " its own it read every function, every port and every page of its buses, or told"
                    + " its kernel's map of all pages and every port but those it tells by, to the end;"
                    + " and it found there all that it was given");

    private static final int EXAMPLES = 3;
    private static final Range FUNCTIONS = new Range(0, 0xffff);
    private static final Range PORTS = new Range(0, 0xffff);
    private static final Range ADDRESSES = new Range(0, 0xffff_ffffL);

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String machine = run.machine(question.subject().getFirst()).name();
        GivenDevices given = GivenDevices.before(firstLook(run, machine), run, machine);
        Beyond beyond = beyond(run, machine, given);
        List<String> names = given.beyondPolicy();
        if (!names.isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s was given what its policy does not give: %s"
                            .formatted(machine, String.join(", ", names)),
                    List.of(new EventReference(linesOf(run, machine, names))));
        }
        if (!beyond.lines.isEmpty()) {
            return Judgement.violated(
                    question,
                    "%s found %d times what it was not given, such as %s"
                            .formatted(
                                    machine,
                                    beyond.lines.size(),
                                    String.join(", ", beyond.examples)),
                    List.of(new EventReference(beyond.lines)));
        }
        if (beyond.problem.isPresent()) {
            throw beyond.problem.get();
        }
        run.requireCompleted();
        BusSightings seen = requireControls(run, machine, given);
        return Judgement.upheld(question, reason(machine, given, seen));
    }

    private static String reason(String machine, GivenDevices given, BusSightings seen) {
        String found = seen.isListed()
                ? "the system of %s looked at its functions, ports and map of addresses, and found the"
                        + " %d devices that it was given and nothing else"
                : "%s read all of its buses and found the %d devices that it was given and nothing else";
        String basis = given.isByPolicy()
                ? ""
                : "; the monitor chose them, as it does not enforce " + GivenDevices.MODELS;
        return found.formatted(machine, given.devices().size()) + basis;
    }

    /** What the machine saw that it was not given, and what could not be read of that. */
    private static final class Beyond {
        private final List<Integer> lines = new ArrayList<>();
        private final List<String> examples = new ArrayList<>();
        private Optional<MissingEvidenceException> problem = Optional.empty();

        void add(int line, String example) {
            lines.add(line);
            if (examples.size() < EXAMPLES) {
                examples.add(example);
            }
        }
    }

    private static Beyond beyond(Run run, String machine, GivenDevices given) {
        Beyond beyond = new Beyond();
        BusSightings all = new BusSightings();
        for (int index = 0; index < run.events().size(); index++) {
            Event event = run.events().get(index);
            if (!event.actor().equals(machine)) {
                continue;
            }
            try {
                if (event instanceof Event.DeviceFound found && !all.take(found, given)) {
                    beyond.add(index + 1, "%s %s".formatted(found.subject(), found.outcome()));
                }
                if (event instanceof Event.BusScanned scan && !all.take(scan, given)) {
                    beyond.add(index + 1, "what answered on its %s bus".formatted(scan.subject()));
                }
                if (event instanceof Event.DevicesListed list) {
                    all.take(list);
                }
            } catch (MissingEvidenceException e) {
                beyond.problem = Optional.of(e);
            }
        }
        return beyond;
    }

    /** The index of the first event with which the machine began to look at its buses. */
    private static int firstLook(Run run, String machine) {
        for (int index = 0; index < run.events().size(); index++) {
            Event event = run.events().get(index);
            boolean looks = event instanceof Event.AttackStarted
                    || event instanceof Event.DeviceFound
                    || event instanceof Event.BusScanned
                    || event instanceof Event.DevicesListed;
            if (looks && event.actor().equals(machine)) {
                return index;
            }
        }
        return run.events().size();
    }

    private static List<Integer> linesOf(Run run, String machine, List<String> names) {
        List<Integer> lines = new ArrayList<>();
        for (int index = 0; index < run.events().size(); index++) {
            if (run.events().get(index) instanceof Event.DeviceGiven given
                    && given.subject().equals(machine)
                    && names.contains(given.device())) {
                lines.add(index + 1);
            }
        }
        return lines;
    }

    private static BusSightings requireControls(Run run, String machine, GivenDevices given)
            throws MissingEvidenceException {
        if (!given.withheld().isEmpty()) {
            throw new MissingEvidenceException("nothing tells that %s was given %s"
                    .formatted(machine, String.join(", ", given.withheld())));
        }
        if (given.memorySize().isEmpty()) {
            throw new MissingEvidenceException(
                    "nothing tells how much memory %s was configured with".formatted(machine));
        }
        MissingEvidenceException lacks = new MissingEvidenceException(
                "%s did not attack from start to stop".formatted(machine));
        for (int start = 0; start < run.events().size(); start++) {
            Optional<Integer> stop = stopOf(run, machine, start);
            if (stop.isPresent()) {
                try {
                    return requireWhole(run.events().subList(start, stop.get()), machine, given);
                } catch (MissingEvidenceException e) {
                    lacks = e;
                }
            }
        }
        throw lacks;
    }

    /** The index of the event with which an attack of the machine ended that began at an index. */
    private static Optional<Integer> stopOf(Run run, String machine, int start) {
        if (!(run.events().get(start) instanceof Event.AttackStarted attack)
                || !attack.actor().equals(machine)) {
            return Optional.empty();
        }
        for (int index = start + 1; index < run.events().size(); index++) {
            if (run.events().get(index) instanceof Event.AttackStopped stop
                    && stop.actor().equals(machine)
                    && stop.subject().equals(attack.subject())) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    private static BusSightings requireWhole(List<Event> attack, String machine, GivenDevices given)
            throws MissingEvidenceException {
        BusSightings seen = new BusSightings();
        for (Event event : attack) {
            if (event instanceof Event.DeviceFound found && found.actor().equals(machine)) {
                seen.take(found, given);
            }
            if (event instanceof Event.BusScanned scan && scan.actor().equals(machine)) {
                seen.take(scan, given);
            }
            if (event instanceof Event.DevicesListed list && list.actor().equals(machine)) {
                seen.take(list);
            }
        }
        boolean whole = seen.lookedAt(BusSightings.PCI, FUNCTIONS)
                && seen.lookedAtPorts(PORTS, given.serialLines())
                && seen.lookedAt(BusSightings.MEMORY, ADDRESSES);
        if (!whole || !seen.isTold()) {
            throw new MissingEvidenceException(
                    "%s did not look at all of its buses".formatted(machine));
        }
        for (GivenDevices.Device device : given.devices()) {
            if (!seen.has(device)) {
                throw new MissingEvidenceException("%s did not find its own %s, so that it might"
                                .formatted(machine, device.name())
                        + " not have found another's either");
            }
        }
        return seen;
    }
}
