package cofferdam.monitor.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.disk.luks.LuksHeader1;
import cofferdam.monitor.disk.qcow2.Qcow2Disk;
import cofferdam.monitor.disk.qcow2.Qcow2Options;
import cofferdam.monitor.disk.raw.RawDisk;
import cofferdam.monitor.disk.vhd.VhdDisk;
import cofferdam.monitor.disk.vmdk.VmdkDisk;
import cofferdam.monitor.linux.GuestDisk;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.policy.DiskPolicy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/** Images that were made here, opened by a real QEMU. */
class QemuDiskTest {

    private static final long SIZE = 5 << 20;
    private static final int PLACE = 3 << 20;
    private static final String MARKER = "left here by the one who made the image";
    private static final String PASSPHRASE = "5f1e9c";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long SEED = 7;

    private final RealTime time = new RealTime();
    private final MemoryFile file = new MemoryFile();
    private QemuHypervisor hypervisor;

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws Exception {
        hypervisor = Guests.hypervisor(time);
    }

    @AfterEach
    void end() {
        if (hypervisor != null) {
            hypervisor.close();
        }
        time.close();
    }

    @Test
    void everyFormatIsOpenedInItsOwnSize() throws Exception {
        for (DiskPolicy.Format format : DiskPolicy.Format.values()) {
            DiskPolicy policy = policy(format, DiskPolicy.Encryption.NONE, false, true);
            MemoryFile image = new MemoryFile();
            create(image, policy);

            try (QemuGuest guest = hypervisor.start(Guests.plan("vm1", disk(image, policy)))) {
                JsonNode opened = opened(guest);
                assertThat(opened.path("drv").asString())
                        .isEqualTo(
                                switch (format) {
                                    case RAW -> "raw";
                                    case QCOW2 -> "qcow2";
                                    case VMDK -> "vmdk";
                                    case VHD -> "vpc";
                                });
                assertThat(opened.path("image").path("virtual-size").asLong())
                        .as("%s", format)
                        .isEqualTo(SIZE);
            }
        }
    }

    @Test
    void guestReadsAndWritesTheDiskInAnEncryptedImageWhosePassphraseIsNotOnTheCommandLine()
            throws Exception {
        DiskPolicy policy =
                policy(DiskPolicy.Format.QCOW2, DiskPolicy.Encryption.QCOW2_LUKS, false, true);
        create(file, policy);
        Optional<GuestDisk> disk = disk(file, policy);

        QemuGuest guest = hypervisor.start(Guests.plan("vm1", disk));
        Talk talk = new Talk(time, guest);
        talk.awaitUp();

        assertThat(talk.run(
                        "dd if=/dev/vda bs=512 skip=%d count=1 2>/dev/null".formatted(PLACE / 512)))
                .contains(MARKER);
        assertThat(commandLine(guest)).contains("secret,id=").doesNotContain(PASSPHRASE);
        talk.run("echo 'the guest was here' | dd of=/dev/vda bs=512 seek=64 conv=fsync");
        guest.close();
        assertThat(Files.readString(disk.orElseThrow().image(), StandardCharsets.ISO_8859_1))
                .doesNotContain("the guest was here", MARKER);

        QemuGuest next = hypervisor.start(Guests.plan("vm1", disk));
        Talk second = new Talk(time, next);
        second.awaitUp();
        assertThat(second.run("dd if=/dev/vda bs=512 skip=64 count=1"))
                .contains("the guest was here");
    }

    @Test
    void imageThatIsLockedIsRefusedToASecondQemuAndOneThatIsNotIsNot() throws Exception {
        DiskPolicy locked = policy(DiskPolicy.Format.RAW, DiskPolicy.Encryption.NONE, false, true);
        create(file, locked);
        Optional<GuestDisk> disk = disk(file, locked);
        try (QemuGuest first = hypervisor.start(Guests.plan("vm1", disk))) {
            assertThat(first.ended()).isEmpty();
            assertThatThrownBy(() -> hypervisor.start(Guests.plan("vm2", disk)))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("QEMU did not start: exit code 1: ")
                    .hasMessageContaining("Is another process using the image");
        }

        Optional<GuestDisk> free = Optional.of(new GuestDisk(
                disk.orElseThrow().image(),
                policy(DiskPolicy.Format.RAW, DiskPolicy.Encryption.NONE, false, false),
                ""));
        try (QemuGuest first = hypervisor.start(Guests.plan("vm1", free));
                QemuGuest second = hypervisor.start(Guests.plan("vm2", free))) {
            assertThat(first.ended()).isEmpty();
            assertThat(second.ended()).isEmpty();
        }
    }

    @Test
    void formatIsGuessedOnlyWhereThePolicySaysSo() throws Exception {
        DiskPolicy raw = policy(DiskPolicy.Format.RAW, DiskPolicy.Encryption.NONE, false, true);
        DiskPolicy probed = policy(DiskPolicy.Format.RAW, DiskPolicy.Encryption.NONE, true, true);
        create(file, policy(DiskPolicy.Format.QCOW2, DiskPolicy.Encryption.NONE, false, true));

        try (QemuGuest guest = hypervisor.start(Guests.plan("vm1", disk(file, raw)))) {
            assertThat(opened(guest).path("drv").asString()).isEqualTo("raw");
        }
        try (QemuGuest guest = hypervisor.start(Guests.plan("vm1", disk(file, probed)))) {
            assertThat(opened(guest).path("drv").asString()).isEqualTo("qcow2");
        }
    }

    @Test
    void damagedImageAndOneThatQemuCannotReadAreRefused() throws Exception {
        DiskPolicy qcow2 = policy(DiskPolicy.Format.QCOW2, DiskPolicy.Encryption.NONE, false, true);
        file.write(0, new byte[1 << 16]);
        assertThatThrownBy(() -> hypervisor.start(Guests.plan("vm1", disk(file, qcow2))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not in qcow2 format");

        DiskPolicy luks2 = policy(DiskPolicy.Format.RAW, DiskPolicy.Encryption.LUKS2, false, true);
        assertThatThrownBy(() -> hypervisor.start(Guests.plan("vm1", disk(file, luks2))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("luks2");
    }

    private JsonNode opened(QemuGuest guest) throws IOException {
        return guest.control().call("query-block", Map.of(), PATIENCE).get(0).path("inserted");
    }

    private static String commandLine(QemuGuest guest) throws IOException {
        return Files.readString(Path.of("/proc/%d/cmdline".formatted(guest.process())));
    }

    private Optional<GuestDisk> disk(MemoryFile image, DiskPolicy policy) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(image.size())];
        image.read(0, bytes, 0, bytes.length);
        Path path = Files.createTempFile(folder, "disk,", ".image");
        Files.write(path, bytes);
        return Optional.of(new GuestDisk(path, policy, PASSPHRASE));
    }

    private static void create(MemoryFile image, DiskPolicy policy) throws IOException {
        BlockDevice device = switch (policy.format()) {
            case RAW -> RawDisk.create(image, SIZE);
            case QCOW2 -> Qcow2Disk.create(image, SIZE, options(policy));
            case VMDK -> VmdkDisk.create(image, SIZE, 1, "disk.vmdk");
            case VHD -> VhdDisk.createDynamic(image, SIZE, 0, new UUID(1, 2));
        };
        device.write(PLACE, MARKER.getBytes(StandardCharsets.UTF_8));
        device.flush();
    }

    private static Qcow2Options options(DiskPolicy policy) {
        if (policy.encryption() == DiskPolicy.Encryption.NONE) {
            return Qcow2Options.DEFAULT;
        }
        LuksHeader1 header = LuksHeader1.create(
                PASSPHRASE.getBytes(StandardCharsets.UTF_8), new SplittableRandom(SEED), 1000);
        return Qcow2Options.DEFAULT.withEncryption(
                new Qcow2Options.Encryption(header.bytes(), header.cipher()));
    }

    private static DiskPolicy policy(
            DiskPolicy.Format format,
            DiskPolicy.Encryption encryption,
            boolean probeFormat,
            boolean lock) {
        return new DiskPolicy(
                format, encryption, DiskPolicy.Integrity.NONE, false, probeFormat, lock, 0);
    }
}
