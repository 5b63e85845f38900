package cofferdam.scenarios.lab;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Attack.Campaign;
import cofferdam.attacks.Attacks;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.Findings;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Targets;
import cofferdam.monitor.Machine;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The attacks that are under way, each once. */
final class AttackBoard {

    /** How long an attack may take to put things back. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Lab lab;
    private final SplittableRandom random;
    private final Map<String, Running> running = new LinkedHashMap<>();

    private record Running(Campaign campaign, String by, List<String> victims) {}

    AttackBoard(Lab lab, SplittableRandom random) {
        this.lab = lab;
        this.random = random;
    }

    /** Begins; the attack takes up its position while the lab lives on. */
    void start(AttackOrder order) throws LabException {
        String name = order.attack().name();
        if (running.containsKey(name)) {
            throw new LabException("%s is under way already".formatted(name));
        }
        try {
            Adversary adversary = adversary(order);
            lab.evidence()
                    .record(new Event.AttackStarted(now(), order.by(), name, order.victims()));
            running.put(
                    name,
                    new Running(order.attack().start(adversary), order.by(), order.victims()));
        } catch (MissingCapabilityException missing) {
            lab.evidence().record(new Event.AttackStopped(now(), order.by(), name, "not possible"));
            throw new LabException(String.valueOf(missing.getMessage()), missing);
        } catch (IllegalArgumentException refused) {
            lab.evidence().record(new Event.AttackStopped(now(), order.by(), name, "refused"));
            throw new LabException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private Adversary adversary(AttackOrder order) throws LabException {
        List<Ipv4Address> victims = new ArrayList<>();
        Map<Ipv4Address, MacAddress> known = new LinkedHashMap<>();
        for (String victim : order.victims()) {
            Machine machine = lab.target(victim);
            victims.add(machine.address());
            known.put(machine.address(), machine.mac());
        }
        Optional<Machine> accomplice = Optional.empty();
        if (order.accomplice().isPresent()) {
            accomplice = Optional.of(lab.machine(order.accomplice().get()));
        }
        String name = order.attack().name();
        return new Adversary(
                lab.machine(order.by()),
                accomplice,
                new Targets(order.victims(), victims, known),
                order.settings(),
                lab.host().timeline(),
                random.split(),
                text -> lab.evidence()
                        .record(new Event.AttackReported(now(), order.by(), name, text)),
                Findings.NONE);
    }

    /** Ends an attack, and waits until it has put back what it can. */
    void stop(String name) throws LabException {
        Running stopped = running.remove(name);
        if (stopped == null) {
            throw new LabException("%s is not under way".formatted(name));
        }
        stopped.campaign.stop();
        boolean ended = lab.host().await(stopped.campaign::stopped, PATIENCE);
        lab.evidence()
                .record(new Event.AttackStopped(
                        now(), stopped.by, name, ended ? "stopped" : "not put back in time"));
        if (!ended) {
            throw new LabException("%s did not end within %s".formatted(name, PATIENCE));
        }
    }

    /** Ends all, the last first; what could not be ended is said. */
    List<String> stopAll() {
        List<String> problems = new ArrayList<>();
        for (String name : List.copyOf(running.keySet()).reversed()) {
            try {
                stop(name);
            } catch (LabException late) {
                problems.add(String.valueOf(late.getMessage()));
            }
        }
        return problems;
    }

    /** What is under way, then what could be. */
    List<String> lines() {
        Columns columns = new Columns();
        running.forEach((name, each) -> columns.row(
                name,
                each.campaign.ready() ? "under way" : "begins",
                "by " + each.by,
                each.victims.isEmpty() ? "" : "victims " + String.join(",", each.victims)));
        Columns others = new Columns();
        for (Attack attack : Attacks.all()) {
            if (attack.boundary() == Boundary.NETWORK && !running.containsKey(attack.name())) {
                others.row(attack.name(), attack.summary());
            }
        }
        List<String> lines = new ArrayList<>(columns.lines());
        lines.addAll(others.lines());
        return List.copyOf(lines);
    }

    private long now() {
        return lab.host().timeline().now();
    }
}
