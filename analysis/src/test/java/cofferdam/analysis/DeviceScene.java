package cofferdam.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.policy.MonitorPolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The events of a machine that looks at its buses; everything happens at one time. */
final class DeviceScene {

    static final long TIME = 1_000_000_000_000L;
    static final String ATTACK = "device-visibility";

    final List<Event> events = new ArrayList<>();

    /** Everything as it should be. */
    static DeviceScene whole() {
        DeviceScene scene = new DeviceScene();
        for (var machine : List.of(Scene.VM1, Scene.VM2)) {
            scene.add(new Event.MachineStarted(
                    TIME, machine.name(), machine.address(), machine.mac()));
        }
        scene.add(new Event.MemoryConfigured(
                TIME, "monitor", "vm1", 4 << 20, 4 << 20, 4 << 20, 1000));
        scene.given("ram", "", "", "", "0-9ffff,c0000-effff,100000-3fffff");
        scene.given("host-bridge", "00:00.0", "8086:7190", "cf8-cff", "");
        scene.given("isa-bridge", "00:07.0", "8086:7110", "b2-b3", "");
        scene.given("power-management", "00:07.3", "8086:7113", "1000-103f", "");
        scene.given("dma-controller", "", "", "0-f,80-8f,c0-df", "");
        scene.given("interrupt-controller", "", "", "20-21,a0-a1", "");
        scene.given("timer", "", "", "40-43", "");
        scene.given("clock", "", "", "70-71", "");
        scene.given("keyboard", "", "", "60,64", "");
        scene.given("firmware", "", "", "", "f0000-fffff,ffff0000-ffffffff");
        scene.given("vga", "00:08.0", "5333:8811", "3c0-3df", "a0000-bffff,f8000000-f87fffff");
        scene.given("ide", "00:07.1", "8086:7111", "1f0-1f7,3f6", "");
        scene.given("pcnet", "00:10.0", "1022:2000", "1080-109f", "f4000000-f400001f");
        scene.add(new Event.AttackStarted(TIME, "vm1", ATTACK, List.of()));
        scene.found("pci 00:00.0", "8086:7190").found("pci 00:07.0", "8086:7110");
        scene.found("pci 00:07.1", "8086:7111").found("pci 00:07.3", "8086:7113");
        scene.found("pci 00:08.0", "5333:8811").found("pci 00:10.0", "1022:2000");
        scene.found("port 0000", "00").found("port 0021", "00").found("port 1080", "02");
        scene.found("memory 00000000-003fffff", "12");
        scene.found("memory f4000000-f400001f", "02");
        scene.found("memory f8000000-f87fffff", "00");
        scene.found("memory ffff0000-ffffffff", "00");
        scene.scanned("pci", "0-ffff", "0,38-39,3b,40,80");
        scene.scanned(
                "ports",
                "0-ffff",
                "0-f,20-21,40-43,60,64,71,80-8f,a0-a1,b2-b3,c0-df,1f0-1f7,3c0-3df,3f6,cf8-cff,"
                        + "1000-103f,1080-109f");
        scene.scanned(
                "memory",
                "0-ffffffff",
                "0-3fffff,f4000000-f4000fff,f8000000-f87fffff,ffff0000-ffffffff");
        scene.add(new Event.AttackStopped(TIME, "vm1", ATTACK, "stopped"));
        return scene.add(new Event.RunFinished(TIME, "scenario", RunOutcome.COMPLETED, ""));
    }

    /** A machine that tells itself what it found, and whose devices no policy lists. */
    static DeviceScene told() {
        DeviceScene scene = whole();
        scene.without(Event.BusScanned.class::isInstance);
        scene.without(event ->
                event instanceof Event.DeviceFound found && found.subject().startsWith("port "));
        int stop = scene.index(Event.AttackStopped.class, event -> true);
        List<Event> told = new ArrayList<>();
        for (String port :
                List.of("0000", "0021", "0043", "0060", "0071", "00b2", "01f0", "03c5")) {
            told.add(finding("vm1", "port " + port, "00"));
        }
        told.add(finding("vm1", "port 0cf8", "00"));
        told.add(finding("vm1", "port 1000", "00"));
        told.add(finding("vm1", "port 1080", "00"));
        told.add(listed("pci", "0-ffff", 6));
        told.add(listed("ports", "0-2f7,300-3f7,400-ffff", 11));
        told.add(listed("memory", "0-ffffffffffff", 4));
        scene.events.addAll(stop, told);
        scene.before(given("monitor", "vm1", "relay", "", "", "1080-109f", ""));
        scene.before(given("monitor", "vm1", "serial", "", "", "2f8-2ff,3f8-3ff", ""));
        scene.before(notEnforced("monitor", "devices.models"));
        return scene;
    }

    static Event.DevicesListed listed(String bus, String looked, int found) {
        return new Event.DevicesListed(TIME, "vm1", bus, looked, found);
    }

    static Event.SettingNotEnforced notEnforced(String actor, String key) {
        return new Event.SettingNotEnforced(TIME, actor, key, "it has others");
    }

    DeviceScene add(Event event) {
        events.add(event);
        return this;
    }

    private void given(
            String device, String function, String identity, String ports, String memory) {
        add(given("monitor", "vm1", device, function, identity, ports, memory));
    }

    static Event.DeviceGiven given(String actor, String machine, String device, String... rest) {
        return new Event.DeviceGiven(
                TIME, actor, machine, device, rest[0], rest[1], rest[2], rest[3]);
    }

    private DeviceScene found(String what, String value) {
        return add(finding("vm1", what, value));
    }

    static Event.DeviceFound finding(String machine, String what, String value) {
        return new Event.DeviceFound(TIME, machine, what, value);
    }

    private void scanned(String bus, String read, String answered) {
        add(new Event.BusScanned(TIME, "vm1", bus, read, answered));
    }

    /** Takes events away. */
    DeviceScene without(Predicate<Event> which) {
        assertThat(events.removeIf(which)).as("something to take away").isTrue();
        return this;
    }

    /** Puts an event in the place of the only one of its kind that is like this. */
    <E extends Event> DeviceScene replace(Class<E> kind, Predicate<E> which, Event with) {
        events.set(index(kind, which), with);
        return this;
    }

    <E extends Event> int index(Class<E> kind, Predicate<E> which) {
        List<Integer> indices = new ArrayList<>();
        for (int index = 0; index < events.size(); index++) {
            if (kind.isInstance(events.get(index)) && which.test(kind.cast(events.get(index)))) {
                indices.add(index);
            }
        }
        assertThat(indices).hasSize(1);
        return indices.getFirst();
    }

    /** Puts an event into the attack, after its start. */
    DeviceScene during(Event event) {
        events.add(index(Event.AttackStarted.class, start -> true) + 1, event);
        return this;
    }

    /** Puts an event before the attack. */
    DeviceScene before(Event event) {
        events.add(index(Event.AttackStarted.class, start -> true), event);
        return this;
    }

    Judgement judge() {
        return judge("vm1");
    }

    Judgement judge(String machine) {
        Question question = new Question("device-confinement", List.of(machine), "");
        return Analysis.judge(
                        RunFiles.of(Map.of("events.jsonl", EventLog.write(events))),
                        Scene.policy(MonitorPolicy.Type.TYPE_I),
                        List.of(question))
                .getFirst();
    }
}
