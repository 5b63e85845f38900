package cofferdam.monitor.image;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.PaddedSource;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.luks.LuksHeader1;
import cofferdam.monitor.disk.luks.Unlocking;
import cofferdam.monitor.disk.qcow2.Qcow2Disk;
import cofferdam.monitor.disk.qcow2.Qcow2Image;
import cofferdam.monitor.disk.qcow2.Qcow2Options;
import cofferdam.monitor.disk.raw.RawDisk;
import cofferdam.monitor.disk.signature.ImageSignature;
import cofferdam.monitor.disk.vhd.VhdDisk;
import cofferdam.monitor.disk.vmdk.VmdkDisk;
import cofferdam.monitor.disk.vmdk.VmdkImage;
import cofferdam.monitor.policy.DiskPolicy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Makes and opens image files in the policy's format, or in the format that they seem to have. */
final class Containers {

    /** Iterations of PBKDF2: the passphrases of these disks are random and need no stretching. */
    static final int ITERATIONS = 1000;

    /** How much of a file is taken for a VMDK descriptor; others take as much or more. */
    private static final long DESCRIPTOR_BYTES = 64 << 10;

    private final DiskPolicy policy;
    private final NamedFiles beside;

    Containers(DiskPolicy policy, NamedFiles beside) {
        this.policy = policy;
        this.beside = beside;
    }

    Container create(ImageFile file, long size, Vault vault) throws IOException {
        return switch (policy.format()) {
            case RAW -> Container.of(RawDisk.create(file, size));
            case QCOW2 -> qcow2(Qcow2Disk.create(file, size, options(vault)));
            case VMDK ->
                Container.of(VmdkDisk.create(file, size, vault.random().nextInt(), "disk.vmdk"));
            case VHD -> {
                UUID identifier =
                        new UUID(vault.random().nextLong(), vault.random().nextLong());
                yield Container.of(VhdDisk.createDynamic(file, size, 0, identifier));
            }
        };
    }

    Container open(ImageFile file, Vault vault) throws IOException {
        if (policy.probeFormat()) {
            Optional<BlockDevice> probed = probed(file);
            if (probed.isPresent()) {
                return Container.of(probed.get());
            }
        }
        return switch (policy.format()) {
            case RAW -> Container.of(RawDisk.open(file));
            case QCOW2 -> qcow2(Qcow2Disk.open(file, opened(file, vault)));
            case VMDK -> Container.of(VmdkDisk.open(file));
            case VHD -> Container.of(VhdDisk.open(file));
        };
    }

    /**
     * The disk in an image that is not of the policy's format but looks like a container, with every
     * file of the host that it names.
     */
    private Optional<BlockDevice> probed(ImageFile file) throws IOException {
        Opener everything = reference -> {
            try {
                // Past the end of an extent there are zeros, as QEMU reads it.
                ByteSource named = beside.open(reference.name());
                return Optional.of(
                        reference.role() == Reference.Role.EXTENT
                                ? new PaddedSource(named, Math.max(named.size(), file.size()))
                                : named);
            } catch (FileNotFoundException e) {
                return Optional.empty();
            }
        };
        ImageSignature signature = ImageSignature.of(file).orElse(null);
        if (signature == ImageSignature.QCOW2 && policy.format() != DiskPolicy.Format.QCOW2) {
            Qcow2Image image = Qcow2Image.open(file, everything);
            Optional<ByteSource> backing = image.backing();
            ByteSource content = backing.isPresent()
                    ? image.withBacking(backing.get()).views().getFirst().content()
                    : image.views().getFirst().content();
            return Optional.of(new ReadOnlyDisk(content));
        }
        if (signature == ImageSignature.VMDK_DESCRIPTOR) {
            ByteSource beginning = file.slice(0, Math.min(file.size(), DESCRIPTOR_BYTES));
            ByteSource content =
                    VmdkImage.open(beginning, everything).views().getFirst().content();
            return Optional.of(new ReadOnlyDisk(content));
        }
        return Optional.empty();
    }

    private Qcow2Options options(Vault vault) {
        if (policy.encryption() != DiskPolicy.Encryption.QCOW2_LUKS) {
            return Qcow2Options.DEFAULT;
        }
        LuksHeader1 header = LuksHeader1.create(vault.passphrase(), vault.random(), ITERATIONS);
        return Qcow2Options.DEFAULT.withEncryption(
                new Qcow2Options.Encryption(header.bytes(), header.cipher()));
    }

    /** The key is in the image's own LUKS header, under the passphrase that the monitor keeps. */
    private Qcow2Options opened(ImageFile file, Vault vault) throws IOException {
        if (policy.encryption() != DiskPolicy.Encryption.QCOW2_LUKS) {
            return Qcow2Options.DEFAULT;
        }
        ByteSource header = Qcow2Image.open(file, Opener.NOTHING)
                .encryptionHeader()
                .orElseThrow(() -> new IOException("the image has no encryption header"));
        Unlocking.Unlocked unlocked = Unlock.with(header, vault.passphrase());
        return Qcow2Options.DEFAULT.withEncryption(
                new Qcow2Options.Encryption(new byte[0], unlocked.cipher()));
    }

    private static Container qcow2(Qcow2Disk disk) {
        return new Container(disk, Optional.of(new KeptStates() {
            @Override
            public void take(String name, long seconds) throws IOException {
                try {
                    disk.snapshot(name, Instant.ofEpochSecond(seconds));
                } catch (IllegalArgumentException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }

            @Override
            public void delete(String name) throws IOException {
                try {
                    disk.deleteSnapshot(name);
                } catch (IllegalArgumentException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        }));
    }
}
