package cofferdam.scenarios;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Attack.Campaign;
import cofferdam.attacks.Attacks;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Targets;
import cofferdam.monitor.Cable;
import cofferdam.monitor.Capability;
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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** One scenario on one started host: its steps one after the other, its attacks beside them. */
final class ScenarioExecution {

    private static final String ACTOR = "scenario";

    private final Scenario scenario;
    private final Host host;
    private final Evidence evidence;
    private final SplittableRandom random;
    private final Map<String, Running> running = new LinkedHashMap<>();

    /** An attack under way, and on which machine. */
    private record Running(Campaign campaign, String by) {}

    /** The scenario cannot go on, for this reason. */
    private static final class Ended extends Exception {

        private static final long serialVersionUID = 1L;

        private final RunOutcome outcome;

        Ended(RunOutcome outcome, String reason) {
            super(reason);
            this.outcome = outcome;
        }
    }

    ScenarioExecution(Scenario scenario, Host host, Evidence evidence, SplittableRandom random) {
        this.scenario = scenario;
        this.host = host;
        this.evidence = evidence;
        this.random = random;
    }

    /**
     * Carries out the scenario; how it ended is for the caller to record when the host is closed.
     */
    Event.RunFinished run() {
        try {
            for (Step step : scenario.steps()) {
                evidence.record(new Event.StepStarted(now(), ACTOR, step.words()));
                carryOut(step);
            }
            stopAll();
            return finished(RunOutcome.COMPLETED, "");
        } catch (Ended ended) {
            return finished(ended.outcome, String.valueOf(ended.getMessage()));
        }
    }

    private Event.RunFinished finished(RunOutcome outcome, String detail) {
        return new Event.RunFinished(now(), ACTOR, outcome, detail);
    }

    private void carryOut(Step step) throws Ended {
        switch (step) {
            case Step.Probe probe ->
                talk(
                        probe,
                        endpoint(probe.from())
                                .probe(
                                        machine(probe.to()),
                                        flow(),
                                        probe.count(),
                                        probe.interval()));
            case Step.Ping ping ->
                talk(
                        ping,
                        endpoint(ping.from())
                                .ping(machine(ping.to()), flow(), ping.count(), ping.interval()));
            case Step.Login login ->
                talk(login, endpoint(login.from()).login(machine(login.to()), flow()));
            case Step.Wait pause -> host.await(() -> false, pause.time());
            case Step.SetCable cable -> connect(cable);
            case Step.Start start -> start(start);
            case Step.Stop stop -> stop(stop.attack());
        }
    }

    private void talk(Step step, Operation operation) throws Ended {
        await(operation::done, step.words());
    }

    private void connect(Step.SetCable step) throws Ended {
        capability(step.machine(), Cable.class).connect(step.connected());
        evidence.record(new Event.CableChanged(now(), step.machine(), "cable", step.connected()));
    }

    private void start(Step.Start start) throws Ended {
        Attack attack = Attacks.named(start.attack())
                .orElseThrow(() ->
                        new IllegalStateException("no attack '%s'".formatted(start.attack())));
        Adversary adversary = adversary(start);
        evidence.record(
                new Event.AttackStarted(now(), start.by(), start.attack(), start.victims()));
        try {
            Campaign campaign = attack.start(adversary);
            running.put(start.attack(), new Running(campaign, start.by()));
            await(campaign::ready, start.words());
        } catch (MissingCapabilityException missing) {
            throw lacks(start.by(), start.attack(), String.valueOf(missing.getMessage()));
        }
    }

    private Adversary adversary(Step.Start start) throws Ended {
        List<Ipv4Address> victims = new ArrayList<>();
        Map<Ipv4Address, MacAddress> known = new LinkedHashMap<>();
        for (String victim : start.victims()) {
            Machine machine = machine(victim);
            victims.add(machine.address());
            known.put(machine.address(), machine.mac());
        }
        return new Adversary(
                machine(start.by()),
                new Targets(victims, known),
                start.settings(),
                host.timeline(),
                random.split(),
                text -> evidence.record(
                        new Event.AttackReported(now(), start.by(), start.attack(), text)));
    }

    private void stopAll() throws Ended {
        for (String attack : List.copyOf(running.keySet())) {
            stop(attack);
        }
    }

    private void stop(String attack) throws Ended {
        Running stopped = running.remove(attack);
        if (stopped == null) {
            throw new IllegalStateException("attack '%s' is not under way".formatted(attack));
        }
        stopped.campaign.stop();
        await(stopped.campaign::stopped, "the end of " + attack);
        evidence.record(new Event.AttackStopped(now(), stopped.by, attack, "stopped"));
    }

    private void await(BooleanSupplier condition, String what) throws Ended {
        if (!host.await(condition, scenario.limit())) {
            throw new Ended(
                    RunOutcome.TIMED_OUT,
                    "%s took longer than %s".formatted(what, scenario.limit()));
        }
    }

    private Endpoint endpoint(String name) throws Ended {
        return capability(name, Endpoint.class);
    }

    private <C extends Capability> C capability(String machine, Class<C> kind) throws Ended {
        return machine(machine)
                .offer(kind)
                .orElseThrow(reason -> lacks(machine, kind.getSimpleName(), reason));
    }

    private Machine machine(String name) throws Ended {
        return host.machine(name).orElseThrow(() -> lacks(name, "machine", host.absence(name)));
    }

    private Ended lacks(String machine, String what, String reason) {
        evidence.record(new Event.CapabilityMissing(now(), machine, what, reason));
        return new Ended(RunOutcome.NOT_APPLICABLE, reason);
    }

    private FlowId flow() {
        return FlowId.of(random.nextLong(), random.nextLong());
    }

    private long now() {
        return host.timeline().now();
    }
}
