package cofferdam.monitor.emulated;

import static cofferdam.monitor.emulated.DiskHost.NOTES;
import static cofferdam.monitor.emulated.DiskHost.RAW;
import static cofferdam.monitor.emulated.DiskHost.SECRET;
import static cofferdam.monitor.emulated.DiskHost.SIZE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.DiskSlot;
import cofferdam.monitor.GuestFiles;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.OwnDisk;
import cofferdam.monitor.Power;
import cofferdam.monitor.Snapshots;
import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.partition.Partition;
import cofferdam.monitor.disk.partition.PartitionTable;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.DiskPolicy.Encryption;
import cofferdam.monitor.policy.DiskPolicy.Format;
import cofferdam.monitor.policy.DiskPolicy.Integrity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The machines of an emulated host with disks, by their capabilities and the evidence. */
class EmulatedDisksTest {

    @TempDir
    Path folder;

    static List<DiskPolicy> everyLayering() {
        return DiskHost.everyLayering();
    }

    @ParameterizedTest
    @MethodSource("everyLayering")
    void aMachineSavesIsOffAndOnAndReadsBack(DiskPolicy policy) throws Exception {
        try (DiskHost host = DiskHost.with(policy)) {
            host.save().power("vm1", false);
            byte[] image = host.store().read(host.store().imageOf("vm1"));
            host.host().keepImages("off");
            host.power("vm1", true).read();
            byte[] disk = host.disk("vm1").readAll();

            assertThat(host.events(Event.PowerChanged.class))
                    .extracting(Event.PowerChanged::outcome)
                    .containsExactly(PowerState.STARTED, PowerState.OFF, PowerState.STARTED);
            assertThat(host.last(Event.FileRead.class).outcome()).isEqualTo(FileOutcome.DONE);
            assertThat(host.last(Event.FileRead.class).sha256())
                    .hasSize(64)
                    .isEqualTo(host.last(Event.FileSaved.class).sha256());
            assertThat(host.last(Event.DiskAttached.class).outcome()).isEqualTo(words(policy));
            assertThat(host.last(Event.DiskAttached.class).bytes()).isEqualTo(disk.length);
            String kept = "images/off/vm1." + suffix(policy);
            assertThat(host.evidence().files().get(kept)).isEqualTo(image);
            assertThat(holds(disk, SECRET.value())).isTrue();
            assertThat(holds(image, SECRET.value()))
                    .isEqualTo(policy.encryption() == Encryption.NONE
                            && policy.integrity() != Integrity.AEAD);
            requireSound(disk);
            requireSoundImage(policy, image, disk);
        }
    }

    private void requireSoundImage(DiskPolicy policy, byte[] image, byte[] disk) throws Exception {
        String format = switch (policy.format()) {
            case RAW -> "raw";
            case QCOW2 -> "qcow2";
            case VMDK -> "vmdk";
            case VHD -> "vpc";
        };
        Tool qemu = Tool.named("qemu-img");
        Path file = Files.write(folder.resolve("kept.img"), image);
        boolean checkable = policy.format() == Format.VMDK
                || policy.format() == Format.QCOW2 && policy.encryption() == Encryption.NONE;
        if (checkable) {
            qemu.run("check", "-f", format, file.toString());
        }
        boolean plain =
                policy.encryption() == Encryption.NONE && policy.integrity() == Integrity.NONE;
        if (plain) {
            Path raw = folder.resolve("kept.raw");
            qemu.run("convert", "-f", format, "-O", "raw", file.toString(), raw.toString());
            requireSound(Files.readAllBytes(raw));
            // The guest has booted since, which a file system without a journal need not show.
            Path now = Files.write(folder.resolve("now.raw"), disk);
            qemu.run("compare", "-f", format, "-F", "raw", file.toString(), now.toString());
        }
    }

    private void requireSound(byte[] disk) throws Exception {
        Path image = Files.write(folder.resolve("disk.img"), disk);
        Tool.named("sfdisk").run("--verify", image.toString());
        Partition root = PartitionTable.read(ByteSource.of(disk)).partitions().getFirst();
        Path partition = Files.write(
                folder.resolve("root.img"),
                Arrays.copyOfRange(disk, (int) root.offset(), (int) (root.offset() + root.size())));
        Tool.named("e2fsck").run("-fn", partition.toString());
        assertThat(Tool.named("debugfs").run("-R", "cat " + NOTES, partition.toString()))
                .contains("password = " + SECRET);
    }

    @ParameterizedTest
    @MethodSource("everyLayering")
    void anErasedFileIsMissing(DiskPolicy policy) {
        try (DiskHost host = DiskHost.with(policy)) {
            host.save().erase().read();

            assertThat(host.last(Event.FileErased.class).outcome()).isEqualTo(FileOutcome.DONE);
            assertThat(host.last(Event.FileRead.class).outcome()).isEqualTo(FileOutcome.MISSING);
            host.erase();
            assertThat(host.last(Event.FileErased.class).outcome()).isEqualTo(FileOutcome.MISSING);
        }
    }

    @Test
    void aMachineThatIsOffDoesNothingWithFiles() {
        try (DiskHost host = DiskHost.with(RAW)) {
            host.power("vm1", false).save().read().erase();

            assertThat(host.last(Event.FileSaved.class).outcome()).isEqualTo(FileOutcome.FAILED);
            assertThat(host.last(Event.FileSaved.class).sha256()).isEmpty();
            assertThat(host.last(Event.FileRead.class).outcome()).isEqualTo(FileOutcome.FAILED);
            assertThat(host.last(Event.FileErased.class).outcome()).isEqualTo(FileOutcome.FAILED);
            OwnDisk disk = host.disk("vm1");
            assertThatThrownBy(disk::readAll).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> disk.write(0, new byte[1])).isInstanceOf(IOException.class);
        }
    }

    @Test
    void switchingOnWhatIsOnDoesNothing() {
        try (DiskHost host = DiskHost.with(RAW)) {
            host.power("vm1", true);

            assertThat(host.events(Event.PowerChanged.class)).hasSize(1);
        }
    }

    @Test
    void aDiskIsNotChangedWhileItsMachineIsOn() {
        try (DiskHost host = DiskHost.with(qcow2(Encryption.NONE))) {
            DiskSlot slot = host.slot("vm1");
            Snapshots snapshots = host.snapshots();
            assertThatThrownBy(() -> slot.attach(SIZE)).hasMessage("vm1 is on");
            assertThatThrownBy(slot::release).hasMessage("vm1 is on");
            assertThatThrownBy(() -> snapshots.take("a")).hasMessage("vm1 is on");
            assertThatThrownBy(() -> snapshots.delete("a")).hasMessage("vm1 is on");
            host.save().read();
            assertThat(host.last(Event.FileRead.class).outcome()).isEqualTo(FileOutcome.DONE);
        }
    }

    @Test
    void aNewDiskHasNoSystemAndShowsTheReleasedSpaceUnlessItIsCleared() throws IOException {
        for (boolean zero : new boolean[] {false, true}) {
            DiskPolicy policy = new DiskPolicy(
                    Format.RAW, Encryption.NONE, Integrity.NONE, zero, false, false, 0);
            try (DiskHost host = DiskHost.with(policy)) {
                host.save().power("vm1", false);
                host.slot("vm1").release();
                host.slot("vm2").attach(SIZE);
                host.power("vm2", true);

                assertThat(host.last(Event.PowerChanged.class).outcome())
                        .isEqualTo(PowerState.IDLE);
                assertThat(holds(host.disk("vm2").readAll(), SECRET.value())).isEqualTo(!zero);
                assertThat(host.missing("vm1", Power.class)).isEqualTo("machine 'vm1' has no disk");
            }
        }
    }

    @Test
    void attachingReplacesTheDiskThatThereIs() throws IOException {
        try (DiskHost host = DiskHost.with(RAW)) {
            host.power("vm1", false);
            host.slot("vm1").attach(SIZE + 512);
            host.power("vm1", true);

            assertThat(host.events(Event.DiskReleased.class)).hasSize(1);
            assertThat(host.last(Event.DiskAttached.class).bytes()).isEqualTo(SIZE + 512);
            assertThat(host.last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.IDLE);
        }
    }

    @Test
    void aDiskThatFindsNoRoomLeavesNothingBehind() throws IOException {
        try (DiskHost host = DiskHost.with(RAW)) {
            ImageStore store = host.store();
            host.power("vm1", false);
            store.replace("vm1.img", new byte[(512 << 20) - (1 << 20)], "filled");
            DiskSlot slot = host.slot("vm2");
            assertThatThrownBy(() -> slot.attach(SIZE)).hasMessageContaining("is full");
            assertThat(store.names()).containsExactly("host.secret", "vm1.img");

            host.slot("vm1").release();
            slot.attach(SIZE);
            assertThat(store.names()).containsExactly("host.secret", "vm2.img");
        }
    }

    @Test
    void whatAMachineHasNotIsSaidWithTheReason() {
        try (DiskHost host = DiskHost.with(RAW)) {
            assertThat(host.missing("vm2", GuestFiles.class))
                    .isEqualTo("machine 'vm2' has no disk");
            assertThat(host.missing("vm1", Snapshots.class))
                    .isEqualTo("images of this policy's format keep no states of a disk");
            assertThat(host.missing("vm1", ImageStore.class))
                    .isEqualTo("machine 'vm1' does not reach the host's storage");
        }
    }

    @Test
    void aMachineOfPoweredOffCablesHearsNothing() {
        try (DiskHost host = DiskHost.with(RAW)) {
            host.power("vm1", false);
            assertThat(ping(host)).isFalse();
            host.power("vm1", true);
            assertThat(ping(host)).isTrue();
        }
    }

    private static boolean ping(DiskHost host) {
        var source = host.capability("source", cofferdam.monitor.Endpoint.class);
        var operation = source.ping(
                host.host().machine("vm1").orElseThrow(),
                cofferdam.monitor.evidence.FlowId.of(1, 2),
                1,
                java.time.Duration.ZERO);
        assertThat(host.host().await(operation::done, java.time.Duration.ofMinutes(5)))
                .isTrue();
        return host.last(Event.FlowFinished.class).answered() == 1;
    }

    @Test
    void aLockedImageIsClosedToOthersWhileItsMachineIsOn() throws IOException {
        DiskPolicy locked =
                new DiskPolicy(Format.RAW, Encryption.NONE, Integrity.NONE, false, false, true, 0);
        try (DiskHost host = DiskHost.with(locked)) {
            ImageStore store = host.store();
            assertThatThrownBy(() -> store.read("vm1.img"))
                    .hasMessage("vm1.img is locked while vm1 is on");
            assertThatThrownBy(() -> store.replace("vm1.img", new byte[1], "x"))
                    .hasMessageContaining("locked");
            assertThatThrownBy(() -> store.copy("vm1.img", "copy")).hasMessageContaining("locked");
            assertThat(host.events(Event.ImageAccessed.class)).hasSize(3).allSatisfy(access -> {
                assertThat(access.outcome()).isEqualTo(ImageAccess.REFUSED);
                assertThat(access.sha256()).isEmpty();
            });
            assertThat(store.names()).containsExactly("host.secret", "vm1.img");
            assertThat(store.read("host.secret")).isNotEmpty();

            host.power("vm1", false);
            assertThat(store.read("vm1.img")).hasSize((int) SIZE);
        }
    }

    @Test
    void anImageThatIsNotLockedIsOpenToTheHost() throws IOException {
        try (DiskHost host = DiskHost.with(RAW)) {
            host.save();
            assertThat(holds(host.store().read("vm1.img"), SECRET.value())).isTrue();
            assertThat(host.last(Event.ImageAccessed.class).outcome()).isEqualTo(ImageAccess.READ);
        }
    }

    @Test
    void theHostsStorageNamesWhatItHasNot() throws IOException {
        try (DiskHost host = DiskHost.with(RAW)) {
            ImageStore store = host.store();
            assertThatThrownBy(() -> store.imageOf("vm2")).hasMessage("vm2 has no image file");
            assertThatThrownBy(() -> store.read("nothing")).isInstanceOf(IOException.class);
            store.copy("vm1.img", "copy");
            assertThatThrownBy(() -> store.copy("vm1.img", "copy")).isInstanceOf(IOException.class);
            assertThat(store.read("copy")).isEqualTo(store.read("vm1.img"));
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "2097152", "2097151", "9223372036854775807"})
    void aWriteOutsideTheDiskIsRefusedAndRecorded(long offset) {
        try (DiskHost host = DiskHost.with(RAW)) {
            OwnDisk disk = host.disk("vm1");
            assertThatThrownBy(() -> disk.write(offset, new byte[2]))
                    .isInstanceOf(IOException.class);
            assertThat(host.last(Event.DeviceWritten.class).outcome()).isNotEmpty();
            assertThat(host.last(Event.DeviceWritten.class).offset()).isEqualTo(offset);
        }
    }

    @Test
    void whatRootWroteIsReadBackAfterARestart() throws IOException {
        try (DiskHost host = DiskHost.with(RAW)) {
            host.disk("vm1").write(SIZE - 3, new byte[] {1, 2, 3});
            host.power("vm1", false).power("vm1", true);
            assertThat(host.disk("vm1").readAll()).endsWith(1, 2, 3);
            assertThat(host.last(Event.DeviceWritten.class).outcome()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Integrity.class)
    void aDamagedImageIsRefusedFailsOrIsReadWrong(Integrity integrity) throws IOException {
        DiskPolicy policy =
                new DiskPolicy(Format.RAW, Encryption.NONE, integrity, false, false, false, 0);
        try (DiskHost host = DiskHost.with(policy)) {
            host.save().power("vm1", false);
            byte[] image = host.store().read("vm1.img");
            for (int at = 0; at < image.length; at += 4096) {
                image[at] ^= 1;
            }
            host.store().replace("vm1.img", image, "everywhere");
            host.power("vm1", true);

            assertThat(host.last(Event.PowerChanged.class).outcome())
                    .isEqualTo(
                            integrity == Integrity.NONE ? PowerState.FAILED : PowerState.REFUSED);
            assertThat(host.last(Event.PowerChanged.class).detail()).isNotEmpty();
        }
    }

    @Test
    void aMachineThatDidNotComeUpCanBeSwitchedOffAndRepaired() throws IOException {
        try (DiskHost host = DiskHost.with(RAW)) {
            host.save().power("vm1", false);
            byte[] image = host.store().read("vm1.img");
            host.store().replace("vm1.img", new byte[1024], "cut");
            host.power("vm1", true).power("vm1", false);
            host.store().replace("vm1.img", image, "repaired");
            host.power("vm1", true).read();

            assertThat(host.events(Event.PowerChanged.class).get(2).outcome())
                    .isIn(PowerState.FAILED, PowerState.REFUSED);
            assertThat(host.last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.STARTED);
            assertThat(host.last(Event.FileRead.class).outcome()).isEqualTo(FileOutcome.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "QCOW2_LUKS"})
    void aSnapshotIsInTheImageUntilItIsDeleted(Encryption encryption) throws Exception {
        try (DiskHost host = DiskHost.with(qcow2(encryption))) {
            host.save().power("vm1", false);
            Snapshots snapshots = host.snapshots();
            snapshots.take("first");
            assertThatThrownBy(() -> snapshots.take("first")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> snapshots.delete("other")).isInstanceOf(IOException.class);
            Path image = folder.resolve("image.qcow2");
            Files.write(image, host.store().read("vm1.qcow2"));
            requireSnapshots(encryption, image, true);

            host.power("vm1", true).read().erase().power("vm1", false);
            snapshots.delete("first");
            Files.write(image, host.store().read("vm1.qcow2"));
            requireSnapshots(encryption, image, false);
            assertThat(holds(Files.readAllBytes(image), SECRET.value()))
                    .isEqualTo(encryption == Encryption.NONE);
            host.power("vm1", true).read();
            assertThat(host.last(Event.FileRead.class).outcome()).isEqualTo(FileOutcome.MISSING);
            assertThat(host.events(Event.SnapshotTaken.class)).hasSize(1);
            assertThat(host.last(Event.SnapshotDeleted.class).outcome()).isEqualTo("first");
        }
    }

    /** QEMU opens an enciphered image only with its passphrase, which the monitor keeps. */
    private static void requireSnapshots(Encryption encryption, Path image, boolean first)
            throws Exception {
        if (encryption == Encryption.NONE) {
            Tool qemu = Tool.named("qemu-img");
            qemu.run("check", "-f", "qcow2", image.toString());
            assertThat(qemu.run("snapshot", "-l", image.toString()).contains("first"))
                    .isEqualTo(first);
        }
    }

    @ParameterizedTest
    @EnumSource(Integrity.class)
    void aMachineStartsAfterASnapshotThatWasRefused(Integrity integrity) throws Exception {
        DiskPolicy policy =
                new DiskPolicy(Format.QCOW2, Encryption.NONE, integrity, false, false, false, 0);
        try (DiskHost host = DiskHost.with(policy)) {
            host.save().power("vm1", false);
            Snapshots snapshots = host.snapshots();
            snapshots.take("first");
            assertThatThrownBy(() -> snapshots.take("first")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> snapshots.delete("other")).isInstanceOf(IOException.class);
            host.power("vm1", true).read();

            assertThat(host.last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.STARTED);
            assertThat(host.last(Event.FileRead.class).outcome()).isEqualTo(FileOutcome.DONE);
        }
    }

    @Test
    void theSameSeedGivesTheSameImages() throws IOException {
        DiskPolicy policy = new DiskPolicy(
                Format.QCOW2, Encryption.QCOW2_LUKS, Integrity.AEAD, false, false, false, 0);
        assertThat(imageOf(policy, 1))
                .isEqualTo(imageOf(policy, 1))
                .isNotEqualTo(imageOf(policy, 2));
    }

    private static byte[] imageOf(DiskPolicy policy, long seed) throws IOException {
        try (DiskHost host = DiskHost.with(policy, seed)) {
            host.save().power("vm1", false);
            return host.store().read("vm1.qcow2");
        }
    }

    @Test
    void disksOfTheLimitsAreWithinThem() throws IOException {
        try (DiskHost host = DiskHost.with(RAW)) {
            host.slot("vm2").attach(HostSetup.MAXIMUM_DISK);
            assertThat(host.store().read("vm2.img")).hasSize(64 << 20);
        }
    }

    private static DiskPolicy qcow2(Encryption encryption) {
        return new DiskPolicy(Format.QCOW2, encryption, Integrity.NONE, false, false, false, 0);
    }

    private static boolean holds(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    private static String suffix(DiskPolicy policy) {
        return policy.format() == Format.RAW ? "img" : word(policy.format());
    }

    private static String words(DiskPolicy policy) {
        String words = word(policy.format());
        if (policy.encryption() != Encryption.NONE) {
            words += " + " + word(policy.encryption());
        }
        return policy.integrity() == Integrity.NONE
                ? words
                : words + " + " + word(policy.integrity());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
