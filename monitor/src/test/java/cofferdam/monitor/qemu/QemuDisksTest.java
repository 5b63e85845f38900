package cofferdam.monitor.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Capability;
import cofferdam.monitor.DriverOptions;
import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.GuestFiles;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.OwnDisk;
import cofferdam.monitor.Power;
import cofferdam.monitor.Requirement;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.DiskPolicy.Encryption;
import cofferdam.monitor.policy.DiskPolicy.Format;
import cofferdam.monitor.policy.DiskPolicy.Integrity;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Real guests under QEMU with disks that the testbed made. */
@Timeout(180)
class QemuDisksTest {

    private static final String NOTES = "/home/alice/notes.txt";
    private static final Canary SECRET = Canary.of(0x0123456789abcdefL, 0x1122334455667788L);
    private static final int SIZE = 2 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final RecordedEvidence evidence = new RecordedEvidence();

    private Host host(Format format, Encryption encryption) throws Exception {
        QemuMonitor monitor = new QemuMonitor(DriverOptions.NONE);
        Requirement.met(monitor.unavailable());
        DiskPolicy disk =
                new DiskPolicy(format, encryption, Integrity.NONE, false, false, false, 0);
        return monitor.start(new HostSetup(
                Policies.builtIn("esx-1.5.2").orElseThrow().withDisk(disk),
                Wiring.LOCAL,
                NetworkSetup.PLAIN,
                new TreeMap<>(Map.of("vm1", SIZE * 1L)),
                MemorySetup.NONE,
                1,
                evidence));
    }

    private static <C extends Capability> C of(Host host, String machine, Class<C> kind) {
        return host.machines().stream()
                .filter(candidate -> candidate.name().equals(machine))
                .findFirst()
                .orElseThrow()
                .offer(kind)
                .orElseThrow(AssertionError::new);
    }

    private static void await(Host host, Operation operation) {
        assertThat(host.await(operation::done, LIMIT)).isTrue();
    }

    private static void power(Host host, boolean on) {
        Power power = of(host, "vm1", Power.class);
        await(host, on ? power.on() : power.off());
    }

    private <E extends Event> E last(Class<E> kind) {
        return evidence.events().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static boolean contains(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(SECRET.toString());
    }

    @Test
    void whatAGuestSavesIsOnItsDiskInTheImageAndThereAfterARestart() throws Exception {
        try (Host host = host(Format.VMDK, Encryption.NONE)) {
            GuestFiles files = of(host, "vm1", GuestFiles.class);
            ImageStore store = of(host, "host", ImageStore.class);
            assertThat(last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.STARTED);
            await(host, files.save(NOTES, SECRET));
            String saved = last(Event.FileSaved.class).sha256();
            byte[] seen = of(host, "vm1", OwnDisk.class).readAll();
            power(host, false);
            assertThat(last(Event.PowerChanged.class).detail()).isEmpty();
            byte[] image = store.read("vm1.vmdk");
            power(host, true);
            await(host, files.read(NOTES));

            assertThat(saved).hasSize(64);
            assertThat(seen).hasSize(SIZE);
            assertThat(contains(seen)).isTrue();
            assertThat(contains(image)).isTrue();
            assertThat(last(Event.FileRead.class).sha256()).isEqualTo(saved);

            await(host, files.erase(NOTES));
            await(host, files.read(NOTES));
            assertThat(last(Event.FileErased.class).outcome()).isEqualTo(FileOutcome.DONE);
            assertThat(last(Event.FileRead.class).outcome()).isEqualTo(FileOutcome.MISSING);
            power(host, false);
            assertThat(contains(store.read("vm1.vmdk"))).isFalse();
        }
    }

    @Test
    void anEncipheredImageHidesWhatTheGuestSavedAndADamagedHeaderIsRefused() throws Exception {
        try (Host host = host(Format.QCOW2, Encryption.QCOW2_LUKS)) {
            GuestFiles files = of(host, "vm1", GuestFiles.class);
            ImageStore store = of(host, "host", ImageStore.class);
            await(host, files.save(NOTES, SECRET));
            assertThat(last(Event.FileSaved.class).outcome()).isEqualTo(FileOutcome.DONE);
            power(host, false);
            byte[] image = store.read("vm1.qcow2");
            assertThat(contains(image)).isFalse();

            byte[] damaged = image.clone();
            damaged[0] ^= 1;
            store.replace("vm1.qcow2", damaged, "the first byte");
            power(host, true);
            assertThat(last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.REFUSED);
            assertThat(last(Event.PowerChanged.class).detail()).contains("not in qcow2 format");

            store.replace("vm1.qcow2", image, "as it was");
            power(host, true);
            assertThat(last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.STARTED);
        }
    }

    @Test
    void aGuestWritesToItsOwnDiskAndDoesNotComeUpFromADamagedOne() throws Exception {
        try (Host host = host(Format.RAW, Encryption.NONE)) {
            OwnDisk disk = of(host, "vm1", OwnDisk.class);
            byte[] noise = new byte[SIZE / 16];
            for (int at = 0; at < noise.length; at++) {
                noise[at] = (byte) (at * 31);
            }
            disk.write(SIZE / 2, noise);
            byte[] seen = disk.readAll();
            power(host, false);
            byte[] image = of(host, "host", ImageStore.class).read("vm1.img");

            assertThat(seen).containsSubsequence(noise);
            assertThat(image).containsSubsequence(noise);
            assertThat(last(Event.DeviceWritten.class).bytes()).isEqualTo(noise.length);
            power(host, true);
            assertThat(last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.FAILED);
            assertThat(last(Event.PowerChanged.class).detail()).contains("essential files");
        }
    }
}
