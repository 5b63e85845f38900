package cofferdam.monitor.emulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Tool;
import cofferdam.monitor.datastore.Datastore;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.guest.system.GuestSystem;
import cofferdam.monitor.image.DiskAssembly;
import cofferdam.monitor.image.DiskStack;
import cofferdam.monitor.image.Vault;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.DiskPolicy.Encryption;
import cofferdam.monitor.policy.DiskPolicy.Format;
import cofferdam.monitor.policy.DiskPolicy.Integrity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Enciphered images, opened by other programs with the passphrase that the monitor keeps. */
class EncryptedImagesTest {

    private static final DiskPolicy QCOW2_LUKS =
            policy(Format.QCOW2, Encryption.QCOW2_LUKS, Integrity.NONE);
    private static final DiskPolicy LUKS2 = policy(Format.RAW, Encryption.LUKS2, Integrity.NONE);

    private final Datastore store = new Datastore(16 << 20, false);
    private final Vault vault = new Vault(new Letters(new SplittableRandom(3)));

    @TempDir
    Path folder;

    @Test
    void qemuDeciphersAQcow2ImageToTheGuestsDisk() throws Exception {
        byte[] disk = installed(QCOW2_LUKS);
        Path plain = folder.resolve("plain.raw");
        String secret = "secret,id=s,file=" + key(vault.passphrase());
        String image =
                "driver=qcow2,encrypt.format=luks,encrypt.key-secret=s,file.filename=" + image();
        Tool qemu = Tool.named("qemu-img");
        qemu.run("check", "--object", secret, "--image-opts", image);
        qemu.run(
                "convert",
                "--object",
                secret,
                "--image-opts",
                image,
                "-O",
                "raw",
                plain.toString());

        assertThat(Files.readAllBytes(plain)).isEqualTo(disk);
    }

    @Test
    void cryptsetupTakesThePassphraseOfALuks2Image() throws Exception {
        installed(LUKS2);
        Tool cryptsetup = Tool.named("cryptsetup");
        cryptsetup.run("isLuks", "--type", "luks2", image().toString());
        cryptsetup.run(
                "luksOpen",
                "--test-passphrase",
                "--key-file",
                key(vault.passphrase()).toString(),
                image().toString());
        assertThat(cryptsetup.run("luksDump", image().toString())).contains("aes-xts-plain64");
    }

    @Test
    void anotherHostsKeysOpenNothing() throws IOException {
        for (DiskPolicy policy : DiskHost.everyLayering()) {
            boolean keyed =
                    policy.encryption() != Encryption.NONE || policy.integrity() != Integrity.NONE;
            if (!keyed) {
                continue;
            }
            Datastore own = new Datastore(16 << 20, false);
            DiskAssembly assembly = new DiskAssembly(policy, own::open);
            ImageFile file = own.create("image");
            assembly.create(file, DiskHost.SIZE, vault).close();
            Vault other = new Vault(new SplittableRandom(4));

            assertThatThrownBy(() -> assembly.open(file, other))
                    .as(policy.toString())
                    .isInstanceOf(IOException.class);
        }
    }

    /** Gives the guest's disk; the image is in the store. */
    private byte[] installed(DiskPolicy policy) throws IOException {
        DiskAssembly assembly = new DiskAssembly(policy, store::open);
        ImageFile file = store.create("image");
        DiskStack stack = assembly.create(file, DiskHost.SIZE, vault);
        GuestSystem.install(stack.guest(), "vm1", new SplittableRandom(5), () -> 1_000_000L);
        byte[] disk = stack.guest().read(0, Math.toIntExact(stack.guest().size()));
        stack.close();
        DiskStack again = assembly.open(file, vault);
        assertThat(again.guest().read(0, disk.length)).isEqualTo(disk);
        return disk;
    }

    private Path image() throws IOException {
        return Files.write(folder.resolve("image"), HostStorage.content(store.open("image")));
    }

    private Path key(byte[] passphrase) throws IOException {
        return Files.write(folder.resolve("key"), passphrase);
    }

    private static DiskPolicy policy(Format format, Encryption encryption, Integrity integrity) {
        return new DiskPolicy(format, encryption, integrity, false, false, false, 0);
    }

    /** Its bytes are letters: QEMU takes no passphrase that is not UTF-8. */
    private record Letters(RandomGenerator random) implements RandomGenerator {

        @Override
        public long nextLong() {
            return random.nextLong();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) random.nextInt('a', 'z' + 1);
            }
        }
    }
}
