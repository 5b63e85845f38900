package cofferdam.attacks.staging;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.SettingValues;
import cofferdam.attacks.Targets;
import cofferdam.monitor.Capability;
import cofferdam.monitor.Machine;
import cofferdam.monitor.NetworkInterfaces;
import cofferdam.monitor.Offer;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** An attacker's machine {@code vm2} at 10.0.0.2, its clock, and what its attack reports. */
public final class Stage {

    public static final MacAddress ATTACKER = MacAddress.parse("02:00:00:00:00:02");
    public static final Ipv4Address ATTACKER_IP = Ipv4Address.parse("10.0.0.2");

    public final VirtualTimeline timeline = new VirtualTimeline();
    public final RecordingNic nic = new RecordingNic("eth0", ATTACKER, timeline);
    public final List<RawNic> nics = new ArrayList<>(List.of(nic));
    public final List<String> reports = new ArrayList<>();
    public final Map<String, Integer> counts = new LinkedHashMap<>();
    public final Map<String, Duration> spans = new LinkedHashMap<>();
    public final Map<String, String> choices = new LinkedHashMap<>();
    private final Map<Ipv4Address, MacAddress> known = new LinkedHashMap<>();
    private final long seed;

    public Stage() {
        this(1);
    }

    public Stage(long seed) {
        this.seed = seed;
    }

    public Attack.Campaign start(Attack attack, Ipv4Address... victims) {
        try {
            return attack.start(adversary(attack, machine(), victims));
        } catch (MissingCapabilityException missing) {
            throw new AssertionError("the staged machine has network interfaces", missing);
        }
    }

    /** The attacker knows from the beginning where this victim is. */
    public void know(Ipv4Address victim, MacAddress address) {
        known.put(victim, address);
    }

    public Adversary adversary(Attack attack, Machine machine, Ipv4Address... victims) {
        return new Adversary(
                machine,
                new Targets(List.of(), List.of(victims), known),
                SettingValues.of(attack.settings(), counts, spans, choices),
                timeline,
                new SplittableRandom(seed),
                reports::add);
    }

    public void run(Duration span) {
        timeline.run(span);
    }

    public Machine machine() {
        NetworkInterfaces interfaces = () -> nics;
        return new StagedMachine(new Offer.Available<>(interfaces));
    }

    /** A machine that offers nothing, for this reason. */
    public static Machine bareMachine(String reason) {
        return new StagedMachine(new Offer.Missing<>(reason));
    }

    private record StagedMachine(Offer<NetworkInterfaces> interfaces) implements Machine {

        @Override
        public String name() {
            return "vm2";
        }

        @Override
        public MacAddress mac() {
            return ATTACKER;
        }

        @Override
        public Ipv4Address address() {
            return ATTACKER_IP;
        }

        @Override
        public <C extends Capability> Offer<C> offer(Class<C> capability) {
            return switch (interfaces) {
                case Offer.Available<NetworkInterfaces> available ->
                    new Offer.Available<>(capability.cast(available.capability()));
                case Offer.Missing<NetworkInterfaces> missing ->
                    new Offer.Missing<>(missing.reason());
            };
        }
    }
}
