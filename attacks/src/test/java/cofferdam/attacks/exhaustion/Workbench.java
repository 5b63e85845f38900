package cofferdam.attacks.exhaustion;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.SettingValues;
import cofferdam.attacks.Targets;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.VirtualTimeline;
import cofferdam.monitor.Capability;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Offer;
import cofferdam.monitor.Programs;
import cofferdam.monitor.RunningSystem;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A machine that writes down which programs are started on it and what is done to its system. */
final class Workbench {

    final VirtualTimeline timeline = new VirtualTimeline();
    final List<String> reports = new ArrayList<>();
    final List<RunningSystem.Sabotage> sabotages = new ArrayList<>();
    final List<Programs.Stressor> started = new ArrayList<>();
    final Map<String, Duration> spans = new LinkedHashMap<>();
    final Map<String, String> choices = new LinkedHashMap<>();
    Optional<String> unable = Optional.empty();
    boolean down;
    boolean ended;
    int stops;

    Attack.Campaign start(Attack attack) throws MissingCapabilityException {
        return start(attack, new WorkbenchMachine());
    }

    Attack.Campaign start(Attack attack, Machine machine) throws MissingCapabilityException {
        return attack.start(new Adversary(
                machine,
                new Targets(List.of(), List.of(), Map.of()),
                SettingValues.of(attack.settings(), Map.of(), spans, choices),
                timeline,
                new SplittableRandom(1),
                reports::add));
    }

    private Programs.Execution start(Programs.Stressor stressor) {
        started.add(stressor);
        return new Programs.Execution() {
            @Override
            public boolean ended() {
                return ended;
            }

            @Override
            public void stop() {
                stops++;
            }
        };
    }

    private void sabotage(RunningSystem.Sabotage sabotage) throws IOException {
        if (down) {
            throw new IOException("the machine is down");
        }
        sabotages.add(sabotage);
    }

    private final class WorkbenchMachine implements Machine {

        @Override
        public String name() {
            return "vm1";
        }

        @Override
        public MacAddress mac() {
            return Stage.ATTACKER;
        }

        @Override
        public Ipv4Address address() {
            return Stage.ATTACKER_IP;
        }

        @Override
        public <C extends Capability> Offer<C> offer(Class<C> capability) {
            if (capability.equals(Programs.class)) {
                return new Offer.Available<>(capability.cast(new BenchPrograms()));
            }
            return new Offer.Available<>(capability.cast(new BenchSystem()));
        }
    }

    private final class BenchPrograms implements Programs {

        @Override
        public Optional<String> cannot(Stressor stressor) {
            return unable;
        }

        @Override
        public Execution start(Stressor stressor) {
            return Workbench.this.start(stressor);
        }
    }

    private final class BenchSystem implements RunningSystem {

        @Override
        public Optional<String> cannot(Sabotage sabotage) {
            return unable;
        }

        @Override
        public void sabotage(Sabotage sabotage) throws IOException {
            Workbench.this.sabotage(sabotage);
        }
    }
}
