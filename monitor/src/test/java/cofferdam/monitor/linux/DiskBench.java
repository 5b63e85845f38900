package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.DiskPolicy.Encryption;
import cofferdam.monitor.policy.DiskPolicy.Format;
import cofferdam.monitor.policy.DiskPolicy.Integrity;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.recording.RecordedEvidence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The disk of a guest that is not there, in a folder of a test. */
final class DiskBench {

    static final String NOTES = "/home/alice/notes.txt";
    static final Canary SECRET = Canary.of(0x0123456789abcdefL, 0x1122334455667788L);
    static final long SIZE = 2L << 20;

    final FakePowered guest = new FakePowered();
    final RecordedEvidence evidence = new RecordedEvidence();
    final GuestStorage storage;
    final GuestDiskFacility facility;

    DiskBench(Path folder, DiskPolicy disk) throws IOException {
        HostSetup setup = setup(disk, evidence);
        storage = new GuestStorage(setup, new FakeHypervisor(folder, Optional.empty()), guest);
        facility = storage.facility(guest, connected -> {});
        storage.install();
    }

    static DiskPolicy policy(Format format) {
        return policy(format, Encryption.NONE, Integrity.NONE);
    }

    static DiskPolicy policy(Format format, Encryption encryption, Integrity integrity) {
        return new DiskPolicy(format, encryption, integrity, false, false, true, 0);
    }

    static HostSetup setup(DiskPolicy disk, RecordedEvidence evidence) {
        return new HostSetup(
                Policies.builtIn("esx-1.5.2").orElseThrow().withDisk(disk),
                Wiring.LOCAL,
                NetworkSetup.PLAIN,
                new TreeMap<>(Map.of("vm1", SIZE)),
                MemorySetup.NONE,
                1,
                evidence);
    }

    <C extends Capability> C capability(Class<C> kind) {
        return facility.offer(kind).orElseThrow().orElseThrow(AssertionError::new);
    }

    /** Lets the clock go on until something has ended. */
    void await(Operation operation) {
        guest.await(operation::done, Duration.ofSeconds(1));
        assertThat(operation.done()).isTrue();
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
}
