package cofferdam.monitor.host;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.policy.ManagementPolicy;
import cofferdam.monitor.policy.MonitorPolicy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A host's operating system on a clock that stands, and all that it leaves behind. */
final class Console implements Evidence, Timeline {

    final List<Event> events = new ArrayList<>();
    final Map<String, byte[]> kept = new LinkedHashMap<>();
    final HostSystem system;

    /** @param sees what it sees of its guests: memory, process, both or neither */
    Console(MonitorPolicy.Type type, String sees, ManagementPolicy.Role role) {
        system = new HostSystem(
                "host",
                new MonitorPolicy(type, false, sees.contains("memory"), sees.contains("process")),
                new ManagementPolicy(role),
                this,
                this,
                new SplittableRandom(1));
        system.boot();
    }

    static Console of(MonitorPolicy.Type type, String sees) {
        return new Console(type, sees, ManagementPolicy.Role.ADMINISTRATOR);
    }

    static Console typeTwo() {
        return of(MonitorPolicy.Type.TYPE_II, "memory process");
    }

    /** A guest that is on. */
    FakeGuest guest(String machine, int size, String frames) {
        FakeGuest guest = new FakeGuest(machine, size, frames);
        system.add(guest);
        system.started(machine);
        return guest;
    }

    <E extends Event> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    byte[] secret() {
        return events(Event.HostSecretPlaced.class)
                .getFirst()
                .canary()
                .value()
                .getBytes(StandardCharsets.US_ASCII);
    }

    static boolean contains(byte[] bytes, byte[] wanted) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }

    @Override
    public long now() {
        return 7;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        throw new AssertionError("nothing of it waits");
    }

    @Override
    public void record(Event event) {
        events.add(event);
    }

    @Override
    public VantageCapture capture(String vantage) {
        throw new AssertionError("processes have no frames");
    }

    @Override
    public void image(String moment, String name, byte[] bytes, List<Integer> space) {
        throw new AssertionError("processes have no images");
    }

    @Override
    public String deviceRead(String machine, byte[] bytes) {
        throw new AssertionError("processes have no disks");
    }

    @Override
    public String memoryRead(String reader, byte[] bytes) {
        String file = "memory-reads/%d-%s.raw".formatted(kept.size() + 1, reader);
        kept.put(file, bytes);
        return file;
    }
}
