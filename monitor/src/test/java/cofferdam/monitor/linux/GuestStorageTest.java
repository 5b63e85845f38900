package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.DiskSlot;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.OwnDisk;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.Snapshots;
import cofferdam.monitor.Tool;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.policy.DiskPolicy.Encryption;
import cofferdam.monitor.policy.DiskPolicy.Format;
import cofferdam.monitor.policy.DiskPolicy.Integrity;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;

class GuestStorageTest {

    /** Where the one partition of a new disk begins, in bytes: behind the GPT, at 32 KiB. */
    private static final long PARTITION = 32 << 10;

    @TempDir
    Path folder;

    private Path image(DiskBench bench) throws IOException {
        return folder.resolve("images")
                .resolve(bench.storage
                        .ofHost()
                        .orElseThrow(IllegalStateException::new)
                        .imageOf("vm1"));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aNewDiskIsCleanForOtherPrograms(Format format) throws Exception {
        Tool qemuImage = Tool.named("qemu-img");
        Tool check = Tool.named("e2fsck");
        DiskBench bench = new DiskBench(folder, DiskBench.policy(format));
        Path raw = folder.resolve("raw");
        String driver = format == Format.VHD
                ? "driver=vpc,force_size_calc=current_size"
                : "driver=" + format.name().toLowerCase(Locale.ROOT);
        qemuImage.run(
                "convert",
                "--image-opts",
                "-O",
                "raw",
                driver + ",file.filename=" + image(bench),
                raw.toString());

        assertThat(Files.size(raw)).isEqualTo(DiskBench.SIZE);
        check.run("-fn", raw + "?offset=" + PARTITION);
        Event.DiskAttached attached = bench.last(Event.DiskAttached.class);
        assertThat(attached.bytes()).isEqualTo(DiskBench.SIZE);
        assertThat(attached.subject()).isEqualTo(image(bench).getFileName().toString());
    }

    @Test
    void nobodyElseMayReadTheImages() throws IOException {
        DiskBench bench = new DiskBench(folder, DiskBench.policy(Format.RAW));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(image(bench))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("images"))))
                .isEqualTo("rwx------");
    }

    @Test
    void theHostReachesItsImagesByNameAndNothingElse() throws IOException {
        DiskBench bench = new DiskBench(folder, DiskBench.policy(Format.RAW));
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("images").resolve("link"), secret);
        ImageStore store = bench.storage.ofHost().orElseThrow(IllegalStateException::new);

        assertThat(store.names()).contains("host.secret", "vm1.img");
        for (String name : new String[] {"../secret", secret.toString(), "link", "", "a/b"}) {
            assertThatThrownBy(() -> store.read(name)).as(name).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.replace(name, new byte[1], ""))
                    .as(name)
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.copy("vm1.img", name))
                    .as(name)
                    .isInstanceOf(IOException.class);
        }
        assertThat(secret).hasContent("secret");
        assertThat(bench.events(Event.ImageAccessed.class)).isEmpty();
    }

    @Test
    void whatTheHostDoesWithAnImageIsTold() throws IOException {
        DiskBench bench = new DiskBench(folder, DiskBench.policy(Format.RAW));
        ImageStore store = bench.storage.ofHost().orElseThrow(IllegalStateException::new);

        byte[] content = store.read("vm1.img");
        store.copy("vm1.img", "vm1.img.copy");
        store.replace("vm1.img", new byte[] {1, 2, 3}, "three bytes");

        assertThat(content).hasSize((int) DiskBench.SIZE);
        assertThat(image(bench)).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(folder.resolve("images/vm1.img.copy")).hasBinaryContent(content);
        assertThat(bench.events(Event.ImageAccessed.class))
                .extracting(Event.ImageAccessed::outcome)
                .containsExactly(ImageAccess.READ, ImageAccess.COPIED, ImageAccess.CHANGED);
        assertThat(bench.last(Event.ImageAccessed.class).sha256())
                .isEqualTo(Sha256.of(new byte[] {1, 2, 3}));
        bench.storage.keepImages("1-after");
        assertThat(bench.evidence.files()).containsKey("images/1-after/vm1.img");
    }

    @Test
    void aReleasedDiskIsGoneAndANewOneIsEmpty() throws IOException {
        DiskBench bench = new DiskBench(folder, DiskBench.policy(Format.RAW));
        DiskSlot slot = bench.capability(DiskSlot.class);

        slot.release();
        assertThat(folder.resolve("images/vm1.img")).doesNotExist();
        assertThat(bench.facility.offer(OwnDisk.class))
                .get()
                .hasToString("Missing[reason=machine 'vm1' has no disk]");

        slot.attach(DiskBench.SIZE);
        assertThat(image(bench)).hasBinaryContent(new byte[(int) DiskBench.SIZE]);
        bench.guest.on = true;
        assertThatThrownBy(slot::release).hasMessage("vm1 is on");
    }

    @Test
    void statesOfADiskAreKeptInQcow2Only() throws Exception {
        Tool qemuImage = Tool.named("qemu-img");
        DiskBench bench = new DiskBench(folder, DiskBench.policy(Format.QCOW2));

        bench.capability(Snapshots.class).take("before");

        assertThat(qemuImage.run("snapshot", "-l", image(bench).toString())).contains("before");
        qemuImage.run("check", image(bench).toString());
        bench.capability(Snapshots.class).delete("before");
        assertThat(qemuImage.run("snapshot", "-l", image(bench).toString()))
                .doesNotContain("before");
        DiskBench raw = new DiskBench(
                Files.createDirectory(folder.resolve("other")), DiskBench.policy(Format.RAW));
        assertThat(raw.facility.offer(Snapshots.class)).get().asString().contains("keep no states");
    }

    @Test
    void disksThatCannotBeHadAreRefused() {
        RecordedEvidence none = new RecordedEvidence();
        assertThatThrownBy(() -> GuestStorage.requirePossible(
                        DiskBench.setup(
                                DiskBench.policy(Format.RAW, Encryption.NONE, Integrity.AEAD),
                                none),
                        new FakeHypervisor(folder, Optional.empty())))
                .isInstanceOf(RefusedSetupException.class)
                .hasMessage("fake does not verify disk images, as disk.integrity asks");
        assertThatThrownBy(() -> GuestStorage.requirePossible(
                        DiskBench.setup(DiskBench.policy(Format.VHD), none),
                        new FakeHypervisor(folder, Optional.of("no such format"))))
                .isInstanceOf(RefusedSetupException.class)
                .hasMessage("no such format");
    }
}
