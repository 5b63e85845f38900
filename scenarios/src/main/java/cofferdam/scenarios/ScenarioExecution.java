package cofferdam.scenarios;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Attack.Campaign;
import cofferdam.attacks.Attacks;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Targets;
import cofferdam.monitor.Cable;
import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Host;
import cofferdam.monitor.Machine;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.policy.MemoryPolicy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** One scenario on one started host: its steps one after the other, its attacks beside them. */
final class ScenarioExecution {

    static final String ACTOR = "scenario";

    private final Scenario scenario;
    private final LiveHost live;
    private final SplittableRandom random;
    private final DiskWork diskWork;
    private final MemoryWork memoryWork;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private int moments;

    /** An attack under way, and on which machine. */
    private record Running(Campaign campaign, String by) {}

    /** @param policy how the host is to share out its memory */
    ScenarioExecution(
            Scenario scenario,
            MemoryPolicy policy,
            Host host,
            Evidence evidence,
            SplittableRandom random) {
        this.scenario = scenario;
        this.live = new LiveHost(host, evidence, scenario.limit());
        this.random = random;
        this.diskWork = new DiskWork(live, random);
        this.memoryWork = new MemoryWork(live, policy, random);
    }

    /**
     * Carries out the scenario; how it ended is for the caller to record when the host is closed.
     */
    Event.RunFinished run() {
        try {
            for (Step step : scenario.steps()) {
                live.record(new Event.StepStarted(live.now(), ACTOR, step.words()));
                carryOut(step);
            }
            stopAll();
            return finished(RunOutcome.COMPLETED, "");
        } catch (EndedException ended) {
            return finished(ended.outcome(), String.valueOf(ended.getMessage()));
        }
    }

    private Event.RunFinished finished(RunOutcome outcome, String detail) {
        return new Event.RunFinished(live.now(), ACTOR, outcome, detail);
    }

    private void carryOut(Step step) throws EndedException {
        switch (step) {
            case Step.Probe probe ->
                talk(
                        probe,
                        endpoint(probe.from())
                                .probe(
                                        live.machine(probe.to()),
                                        probe.over(),
                                        flow(),
                                        probe.count(),
                                        probe.interval()));
            case Step.Ping ping ->
                talk(
                        ping,
                        endpoint(ping.from())
                                .ping(
                                        live.machine(ping.to()),
                                        ping.over(),
                                        flow(),
                                        ping.count(),
                                        ping.interval()));
            case Step.Login login ->
                talk(login, endpoint(login.from()).login(live.machine(login.to()), flow()));
            case Step.Lease lease ->
                talk(lease, endpoint(lease.machine()).lease(live.machine(lease.server()), flow()));
            case Step.Wait pause -> live.host().await(() -> false, pause.time());
            case Step.SetCable cable -> connect(cable);
            case Step.DiskStep disk -> {
                if (disk instanceof Step.Release) {
                    keepImages("before-release");
                }
                diskWork.carryOut(disk);
            }
            case Step.MemoryStep memory -> memoryWork.carryOut(memory);
            case Step.Load load -> memoryWork.load(load);
            case Step.Start start -> start(start);
            case Step.Stop stop -> stop(stop.attack());
        }
    }

    private void talk(Step step, Operation operation) throws EndedException {
        live.await(operation::done, step.words());
    }

    private void connect(Step.SetCable step) throws EndedException {
        live.capability(step.machine(), Cable.class).connect(step.connected());
        live.record(new Event.CableChanged(live.now(), step.machine(), "cable", step.connected()));
    }

    private void start(Step.Start start) throws EndedException {
        Attack attack = Attacks.named(start.attack())
                .orElseThrow(() ->
                        new IllegalStateException("no attack '%s'".formatted(start.attack())));
        Adversary adversary = adversary(start);
        keepImages("before-" + start.attack());
        live.record(
                new Event.AttackStarted(live.now(), start.by(), start.attack(), start.victims()));
        try {
            Campaign campaign = attack.start(adversary);
            running.put(start.attack(), new Running(campaign, start.by()));
            live.await(campaign::ready, start.words());
        } catch (MissingCapabilityException missing) {
            throw live.lacks(start.by(), start.attack(), String.valueOf(missing.getMessage()));
        }
    }

    private Adversary adversary(Step.Start start) throws EndedException {
        List<Ipv4Address> victims = new ArrayList<>();
        Map<Ipv4Address, MacAddress> known = new LinkedHashMap<>();
        for (String victim : start.victims()) {
            Machine machine = live.machine(victim);
            victims.add(machine.address());
            known.put(machine.address(), machine.mac());
        }
        Optional<Machine> accomplice = Optional.empty();
        if (start.accomplice().isPresent()) {
            accomplice = Optional.of(live.machine(start.accomplice().get()));
        }
        return new Adversary(
                live.machine(start.by()),
                accomplice,
                new Targets(start.victims(), victims, known),
                start.settings(),
                live.host().timeline(),
                random.split(),
                text -> live.record(
                        new Event.AttackReported(live.now(), start.by(), start.attack(), text)),
                new RecordedFindings(live, start, random));
    }

    private void stopAll() throws EndedException {
        for (String attack : List.copyOf(running.keySet())) {
            stop(attack);
        }
    }

    private void stop(String attack) throws EndedException {
        Running stopped = running.remove(attack);
        if (stopped == null) {
            throw new IllegalStateException("attack '%s' is not under way".formatted(attack));
        }
        stopped.campaign.stop();
        live.await(stopped.campaign::stopped, "the end of " + attack);
        keepImages("after-" + attack);
        live.record(new Event.AttackStopped(live.now(), stopped.by, attack, "stopped"));
    }

    /** Numbered, because the same attack may come twice. */
    private void keepImages(String moment) {
        moments++;
        live.host().keepImages("%d-%s".formatted(moments, moment));
    }

    private Endpoint endpoint(String name) throws EndedException {
        return live.capability(name, Endpoint.class);
    }

    private FlowId flow() {
        return FlowId.of(random.nextLong(), random.nextLong());
    }
}
