package cofferdam.analysis;

import cofferdam.analysis.evidence.Frames;
import cofferdam.analysis.evidence.Machine;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.MonitorPolicy;
import cofferdam.monitor.policy.NetworkPolicy;
import cofferdam.monitor.policy.PacketGuards;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.VlanPolicy;
import cofferdam.monitor.recording.RecordedEvidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A run's evidence, made line by line. Every line takes a microsecond. */
final class Scene {

    private static final Policy OTHERS =
            cofferdam.monitor.policy.Policies.builtIn("hardened").orElseThrow();

    private static final DiskPolicy DISK = new DiskPolicy(
            DiskPolicy.Format.RAW,
            DiskPolicy.Encryption.NONE,
            DiskPolicy.Integrity.NONE,
            false,
            false,
            false,
            0);

    static final Machine VM1 = machine("vm1", 1);
    static final Machine VM2 = machine("vm2", 2);
    static final Machine SOURCE = machine("source", 3);
    static final Machine HOST = machine("host", 4);
    static final MacAddress STRANGER = MacAddress.parse("06:00:00:00:00:99");

    /** Who gets a copy of everything, as on a hub. */
    final Set<Machine> watchers = new LinkedHashSet<>();

    /** Whose interfaces pass nothing up. */
    final Set<Machine> deaf = new LinkedHashSet<>();

    /** The frames of the last exchange. */
    final List<byte[]> exchanged = new ArrayList<>();

    /** How long the policy lets switches remember a station. */
    Duration ageing = Duration.ofMinutes(5);

    /** What the policy looks for in guests' packets. */
    PacketGuards guards = PacketGuards.NONE;

    private final RecordedEvidence evidence = new RecordedEvidence();
    private final SortedMap<String, byte[]> changed = new TreeMap<>();
    private long now = 1_000_000_000_000L;
    private int identification;

    /** The four machines and the uplink, each with one interface. */
    static Scene started() {
        Scene scene = new Scene();
        for (Machine machine : List.of(VM1, VM2, SOURCE, HOST)) {
            scene.record(new Event.MachineStarted(
                    scene.tick(), machine.name(), machine.address(), machine.mac()));
            scene.evidence.capture(machine.name()).addInterface("eth0", "", machine.mac());
        }
        scene.evidence.capture("host").addInterface("eth1", "shared with the guests", STRANGER);
        scene.evidence.capture("uplink").addInterface("wire", "", STRANGER);
        return scene;
    }

    private static Machine machine(String name, int number) {
        return new Machine(
                name,
                Ipv4Address.parse("10.0.0." + number),
                MacAddress.parse("02:00:00:00:00:0" + number));
    }

    static Policy policy(MonitorPolicy.Type type) {
        return policy(type, Duration.ofMinutes(5), PacketGuards.NONE);
    }

    private static Policy policy(
            MonitorPolicy.Type type, Duration ageing, PacketGuards guards) {
        NetworkPolicy network = new NetworkPolicy(
                NetworkPolicy.Mode.SWITCHED,
                NetworkPolicy.Promiscuous.REJECT,
                NetworkPolicy.Permission.ACCEPT,
                NetworkPolicy.Permission.ACCEPT,
                NetworkPolicy.MacLearning.LEARN,
                new NetworkPolicy.MacTable(1024, NetworkPolicy.WhenFull.FLOOD, ageing),
                NetworkPolicy.UnknownUnicast.FLOOD,
                NetworkPolicy.PortSecurity.OFF,
                NetworkPolicy.ArpInspection.OFF,
                false,
                0,
                guards,
                VlanPolicy.NONE);
        return new Policy(
                "test",
                "",
                List.of(),
                new MonitorPolicy(type, false, false, false),
                network,
                DISK,
                OTHERS.memory(),
                OTHERS.processor(),
                OTHERS.devices(),
                OTHERS.management(),
                List.of());
    }

    long tick() {
        now += 1000;
        return now;
    }

    Scene pass(Duration time) {
        now += time.toNanos();
        return this;
    }

    Scene record(Event event) {
        evidence.record(event);
        return this;
    }

    Scene send(Machine machine, byte[] frame) {
        return frame(machine.name(), Direction.OUTBOUND, frame);
    }

    Scene receive(Machine machine, byte[] frame) {
        return deaf.contains(machine) ? this : frame(machine.name(), Direction.INBOUND, frame);
    }

    Scene frame(String vantage, Direction direction, byte[] frame) {
        evidence.capture(vantage).frame(0, tick(), direction, frame, 0, frame.length);
        return this;
    }

    /** A frame that passes the interface that the host shares among its guests. */
    Scene shared(Direction direction, byte[] frame) {
        evidence.capture("host").frame(1, tick(), direction, frame, 0, frame.length);
        return this;
    }

    /** One frame from machine to machine, and to every watcher. */
    Scene transfer(Machine from, Machine to, byte[] frame) {
        send(from, frame).receive(to, frame);
        watchers.stream()
                .filter(watcher -> !watcher.equals(from) && !watcher.equals(to))
                .forEach(watcher -> receive(watcher, frame));
        return this;
    }

    byte[] packet(Machine from, Machine to, String text) {
        return Frames.udp(from, to, ++identification, text);
    }

    /** Two machines find each other, so that switches and caches know them. */
    Scene meet(Machine one, Machine other) {
        transfer(one, other, Frames.arp(1, one.mac(), one.address(), other));
        learn(other, one, one.mac());
        transfer(other, one, Frames.arp(2, other.mac(), other.address(), one));
        return learn(one, other, other.mac());
    }

    Scene learn(Machine who, Machine whose, MacAddress mac) {
        return record(new Event.NeighbourChanged(tick(), who.name(), whose.address(), mac, "arp"));
    }

    /** An exchange of two probes that goes well. */
    Scene exchange(Machine from, Machine to) {
        return exchange(from, to, () -> {});
    }

    /** An exchange that goes well, though something happens after it began. */
    Scene exchange(Machine from, Machine to, Runnable meanwhile) {
        FlowId flow = begin(from, to);
        meanwhile.run();
        exchanged.clear();
        for (int i = 0; i < 2; i++) {
            String text = "cofferdam flow=%s seq=%d".formatted(flow, i);
            byte[] probe = packet(from, to, text);
            byte[] echo = packet(to, from, text);
            transfer(from, to, probe).transfer(to, from, echo);
            exchanged.add(probe);
            exchanged.add(echo);
        }
        return end(from, to, flow, FlowOutcome.COMPLETED);
    }

    FlowId begin(Machine from, Machine to) {
        FlowId flow = FlowId.of(7, tick());
        record(new Event.FlowStarted(tick(), from.name(), to.name(), FlowKind.PROBE, flow));
        return flow;
    }

    Scene end(Machine from, Machine to, FlowId flow, FlowOutcome outcome) {
        return record(new Event.FlowFinished(
                tick(), from.name(), to.name(), outcome, FlowKind.PROBE, flow, 2, 2, ""));
    }

    Scene attack(String attack, Machine by) {
        return record(new Event.AttackStarted(tick(), by.name(), attack, List.of("vm1", "source")));
    }

    Scene listen(Machine machine, boolean on) {
        return record(new Event.PromiscuousChanged(tick(), machine.name(), "eth0", on));
    }

    /** Somebody pulls the machine's cable, or connects it again. */
    Scene cable(Machine machine, boolean connected) {
        return record(new Event.CableChanged(tick(), machine.name(), "cable", connected));
    }

    /** A filter dropped frames at the machine's port. */
    Scene drop(Machine machine, String filter, int frames) {
        long time = tick();
        return record(
                new Event.FramesDropped(time, "switch", machine.name(), filter, frames, time));
    }

    /** Tells each of two machines that the liar has the other's protocol address. */
    Scene lie(Machine liar, Machine one, Machine other) {
        return send(liar, falseReply(liar, other, one)).send(liar, falseReply(liar, one, other));
    }

    /** What the liar says to a machine about someone's protocol address. */
    static byte[] falseReply(Machine liar, Machine about, Machine to) {
        return Frames.arp(2, liar.mac(), about.address(), to);
    }

    Scene stop(String attack, Machine by) {
        return record(new Event.AttackStopped(tick(), by.name(), attack, "stopped"));
    }

    Scene finish(RunOutcome outcome) {
        return record(new Event.RunFinished(tick(), "scenario", outcome, "the detail"));
    }

    /** Puts other contents in a file's place at the end; null takes it away. */
    Scene replace(String file, byte[] contents) {
        changed.put(file, contents);
        return this;
    }

    SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = evidence.files();
        changed.forEach((file, contents) -> {
            if (contents == null) {
                files.remove(file);
            } else {
                files.put(file, contents);
            }
        });
        return files;
    }

    Judgement judge(String property, String observer) {
        return judge(property, List.of("vm1", "source"), observer);
    }

    Judgement judge(String property, List<String> subject, String observer) {
        Question question = new Question(property, subject, observer);
        Policy policy = policy(MonitorPolicy.Type.TYPE_I, ageing, guards);
        return Analysis.judge(RunFiles.of(files()), policy, List.of(question)).getFirst();
    }
}
