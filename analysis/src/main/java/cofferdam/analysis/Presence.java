package cofferdam.analysis;

import cofferdam.analysis.evidence.Cables;
import cofferdam.analysis.evidence.Deliveries;
import cofferdam.analysis.evidence.Flow;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a machine is shown to be on the network: what does not reach it otherwise proves nothing. */
final class Presence {

    private final List<Flow> shown = new ArrayList<>();
    private final Cables cables;
    private final List<Long> interruptions;

    /** Looks for the exchanges of which a packet is seen to have reached the machine. */
    Presence(Run run, Machine machine) throws MissingEvidenceException {
        for (Flow flow : run.flows()) {
            if (flow.completed() && flow.involves(machine.name())) {
                Machine peer = run.machine(flow.peerOf(machine.name()));
                if (Deliveries.reached(run, flow, new Pair(peer, machine))) {
                    shown.add(flow);
                }
            }
        }
        cables = new Cables(run, machine.name());
        interruptions = run.events().stream()
                .filter(event ->
                        event instanceof Event.PowerChanged || event instanceof Event.MachineEnded)
                .filter(event -> event.actor().equals(machine.name()))
                .map(Event::time)
                .toList();
    }

    /** The last of these exchanges that had ended by then. */
    Optional<Flow> before(long time) {
        return shown.stream()
                .filter(flow -> flow.finished() <= time)
                .reduce((first, second) -> second);
    }

    /** The first of these exchanges that began then or later. */
    Optional<Flow> after(long time) {
        return shown.stream().filter(flow -> flow.started() >= time).findFirst();
    }

    /** Whether its cable was connected all the time, and nobody touched it. */
    boolean heldCable(long from, long to) {
        return cables.heldThroughout(from, to);
    }

    /** Whether it received before and after, and nothing took it off the network in between. */
    boolean isShownAt(long time) {
        Optional<Flow> before = before(time);
        Optional<Flow> after = after(time);
        return before.isPresent()
                && after.isPresent()
                && isUninterrupted(before.get().finished(), after.get().started());
    }

    private boolean isUninterrupted(long from, long to) {
        return heldCable(from, to)
                && interruptions.stream().noneMatch(time -> from <= time && time <= to);
    }
}
