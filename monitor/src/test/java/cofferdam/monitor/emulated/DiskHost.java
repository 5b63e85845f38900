package cofferdam.monitor.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Capability;
import cofferdam.monitor.DiskSlot;
import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.GuestFiles;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.OwnDisk;
import cofferdam.monitor.Power;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.Snapshots;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.DiskPolicy.Encryption;
import cofferdam.monitor.policy.DiskPolicy.Format;
import cofferdam.monitor.policy.DiskPolicy.Integrity;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.recording.RecordedEvidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An emulated host on which VM 1 has a disk, with the ways to use it. */
record DiskHost(Host host, RecordedEvidence evidence) implements AutoCloseable {

    static final long SIZE = 2L << 20;
    static final String NOTES = "/home/alice/notes.txt";
    static final Canary SECRET = Canary.of(0x0123456789abcdefL, 0x1122334455667788L);
    static final DiskPolicy RAW =
            new DiskPolicy(Format.RAW, Encryption.NONE, Integrity.NONE, false, false, false, 0);

    static DiskHost with(DiskPolicy disk) {
        return with(disk, 1);
    }

    static DiskHost with(DiskPolicy disk, long seed) {
        RecordedEvidence evidence = new RecordedEvidence();
        HostSetup setup = new HostSetup(
                policy(disk),
                Wiring.LOCAL,
                NetworkSetup.PLAIN,
                new TreeMap<>(Map.of("vm1", SIZE)),
                MemorySetup.NONE,
                seed,
                evidence);
        try {
            return new DiskHost(new EmulatedMonitor().start(setup), evidence);
        } catch (RefusedSetupException e) {
            throw new AssertionError(e);
        }
    }

    private static Policy policy(DiskPolicy disk) {
        Policy plain = Policies.builtIn("esx-1.5.2").orElseThrow();
        return plain.withDisk(disk);
    }

    /** Every combination of layers that a policy may ask for. */
    static List<DiskPolicy> everyLayering() {
        List<DiskPolicy> policies = new ArrayList<>();
        for (Format format : Format.values()) {
            for (Encryption encryption : Encryption.values()) {
                boolean fits = switch (encryption) {
                    case NONE -> true;
                    case LUKS2 -> format == Format.RAW;
                    case QCOW2_LUKS -> format == Format.QCOW2;
                };
                for (Integrity integrity : Integrity.values()) {
                    if (fits) {
                        policies.add(new DiskPolicy(
                                format, encryption, integrity, false, false, false, 0));
                    }
                }
            }
        }
        return policies;
    }

    <C extends Capability> C capability(String machine, Class<C> kind) {
        return host.machine(machine).orElseThrow().offer(kind).orElseThrow(AssertionError::new);
    }

    String missing(String machine, Class<? extends Capability> kind) {
        try {
            host.machine(machine).orElseThrow().offer(kind).orElseThrow(IllegalStateException::new);
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError(machine + " has " + kind);
    }

    DiskHost power(String machine, boolean on) {
        Power power = capability(machine, Power.class);
        return finish(on ? power.on() : power.off());
    }

    DiskHost save() {
        return finish(files().save(NOTES, SECRET));
    }

    DiskHost read() {
        return finish(files().read(NOTES));
    }

    DiskHost erase() {
        return finish(files().erase(NOTES));
    }

    private GuestFiles files() {
        return capability("vm1", GuestFiles.class);
    }

    ImageStore store() {
        return capability("host", ImageStore.class);
    }

    OwnDisk disk(String machine) {
        return capability(machine, OwnDisk.class);
    }

    DiskSlot slot(String machine) {
        return capability(machine, DiskSlot.class);
    }

    Snapshots snapshots() {
        return capability("vm1", Snapshots.class);
    }

    private DiskHost finish(Operation operation) {
        assertThat(host.await(operation::done, Duration.ofSeconds(60))).isTrue();
        return this;
    }

    <E extends Event> List<E> events(Class<E> kind) {
        return evidence.events().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    <E extends Event> E last(Class<E> kind) {
        return events(kind).getLast();
    }

    @Override
    public void close() {
        host.close();
    }
}
