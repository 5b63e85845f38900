package cofferdam.monitor.image;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.integrity.AeadDisk;
import cofferdam.monitor.disk.integrity.HashTreeDisk;
import cofferdam.monitor.disk.integrity.Verification;
import cofferdam.monitor.disk.luks.Luks2Options;
import cofferdam.monitor.disk.luks.LuksVolume;
import cofferdam.monitor.policy.DiskPolicy;

import java.io.IOException;
import java.util.Locale;

/** Puts a disk's layers together as the policy says: container, cipher, integrity. */
public final class DiskAssembly {

    private final DiskPolicy policy;
    private final Containers containers;

    /** @param beside the files that an image may name where the policy has formats guessed */
    public DiskAssembly(DiskPolicy policy, NamedFiles beside) {
        this.policy = policy;
        containers = new Containers(policy, beside);
    }

    /** The layers in words, from the file to the guest. */
    public String words() {
        StringBuilder words = new StringBuilder(word(policy.format()));
        if (policy.encryption() != DiskPolicy.Encryption.NONE) {
            words.append(" + ").append(word(policy.encryption()));
        }
        if (policy.integrity() != DiskPolicy.Integrity.NONE) {
            words.append(" + ").append(word(policy.integrity()));
        }
        return words.toString();
    }

    /** How an image file's name ends. */
    public String suffix() {
        return policy.format() == DiskPolicy.Format.RAW ? "img" : word(policy.format());
    }

    /**
     * Makes an image in an empty file.
     *
     * @param size of the disk in bytes
     * @throws IOException if the file refuses
     */
    public DiskStack create(ImageFile file, long size, Vault vault) throws IOException {
        Container container = containers.create(file, size, vault);
        BlockDevice deciphered = switch (policy.encryption()) {
            case NONE, QCOW2_LUKS -> container.disk();
            case LUKS2 ->
                LuksVolume.format(
                        container.disk(),
                        vault.passphrase(),
                        vault.random(),
                        Luks2Options.quick(Containers.ITERATIONS));
        };
        BlockDevice guest = switch (policy.integrity()) {
            case NONE -> deciphered;
            case HASH -> HashTreeDisk.create(deciphered, vault.root());
            case AEAD -> AeadDisk.create(deciphered, vault.key(), vault.root());
        };
        return new DiskStack(guest, container.states());
    }

    /**
     * Opens an image when its machine is switched on.
     *
     * @throws IOException if the monitor refuses, with what it reports
     */
    public DiskStack open(ImageFile file, Vault vault) throws IOException {
        Container container = containers.open(file, vault);
        BlockDevice deciphered = switch (policy.encryption()) {
            case NONE, QCOW2_LUKS -> container.disk();
            case LUKS2 -> unlocked(container.disk(), vault);
        };
        BlockDevice guest = switch (policy.integrity()) {
            case NONE -> deciphered;
            case HASH -> verified(deciphered, vault);
            case AEAD -> AeadDisk.open(deciphered, vault.key(), vault.root());
        };
        return new DiskStack(guest, container.states());
    }

    private static BlockDevice unlocked(BlockDevice container, Vault vault) throws IOException {
        return Unlock.with(container, vault.passphrase()).on(container);
    }

    private static BlockDevice verified(BlockDevice deciphered, Vault vault) throws IOException {
        HashTreeDisk tree = HashTreeDisk.open(deciphered, vault.root());
        Verification verification = tree.verify();
        if (!verification.intact()) {
            throw new IOException(
                    "the disk is damaged: %s".formatted(verification.damaged().getFirst()));
        }
        return tree;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
