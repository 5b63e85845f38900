package cofferdam.scenarios.lab;

import cofferdam.monitor.Cable;
import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Machine;
import cofferdam.monitor.NetworkInterfaces;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** What machines of a lab do when a user asks them to. */
final class LabActions {

    private static final int PINGS = 3;
    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** How long an exchange may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Lab lab;
    private final SplittableRandom random;

    LabActions(Lab lab, SplittableRandom random) {
        this.lab = lab;
        this.random = random;
    }

    List<String> ping(String from, String to) throws LabException {
        Machine target = other(from, to);
        FlowId flow = flow();
        return outcome("ping", flow, endpoint(from).ping(target, flow, PINGS, INTERVAL), from, to);
    }

    List<String> login(String from, String to) throws LabException {
        Machine target = other(from, to);
        FlowId flow = flow();
        return outcome("login", flow, endpoint(from).login(target, flow), from, to);
    }

    private Machine other(String from, String to) throws LabException {
        if (from.equals(to)) {
            throw new LabException("'%s' is both ends".formatted(from));
        }
        return lab.target(to);
    }

    private Endpoint endpoint(String machine) throws LabException {
        return lab.capability(machine, Endpoint.class);
    }

    private FlowId flow() {
        return FlowId.of(random.nextLong(), random.nextLong());
    }

    private List<String> outcome(
            String what, FlowId flow, Operation operation, String from, String to)
            throws LabException {
        if (!lab.host().await(operation::done, PATIENCE)) {
            throw new LabException(
                    "%s from %s to %s took longer than %s".formatted(what, from, to, PATIENCE));
        }
        for (Event event : lab.evidence().latest(Integer.MAX_VALUE)) {
            if (event instanceof Event.FlowFinished finished && finished.flow().equals(flow)) {
                return List.of(line(what, finished));
            }
        }
        throw new LabException("how it ended is among the events that are kept no more");
    }

    private static String line(String what, Event.FlowFinished flow) {
        String detail = flow.detail().isEmpty() ? "" : " (" + flow.detail() + ")";
        return "%s from %s to %s %s: %d sent, %d answered%s"
                .formatted(
                        what,
                        flow.actor(),
                        flow.subject(),
                        ended(flow.outcome()),
                        flow.sent(),
                        flow.answered(),
                        detail);
    }

    private static String ended(FlowOutcome outcome) {
        return switch (outcome) {
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case UNKNOWN -> "ended nobody knows how";
        };
    }

    List<String> promiscuous(String name, boolean on) throws LabException {
        if (lab.port(name).isPresent()) {
            lab.live().promiscuous(name, on);
        } else {
            for (RawNic nic : lab.capability(name, NetworkInterfaces.class).all()) {
                nic.promiscuous(on);
            }
        }
        return List.of("%s asks for promiscuous mode%s".formatted(name, on ? "" : " no more"));
    }

    List<String> cable(String machine, boolean connected) throws LabException {
        lab.capability(machine, Cable.class).connect(connected);
        lab.evidence()
                .record(new Event.CableChanged(
                        lab.host().timeline().now(), machine, "cable", connected));
        return List.of("%s is %s".formatted(machine, connected ? "connected" : "cut off"));
    }
}
