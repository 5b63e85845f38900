package cofferdam.monitor.qemu;

import cofferdam.monitor.linux.GuestDisk;
import cofferdam.monitor.policy.DiskPolicy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What QEMU is told of a guest's disk, in its own options. */
final class QemuDisk {

    private static final String SECRET = "disk-key";

    private QemuDisk() {}

    /** Why QEMU cannot keep disks as the policy says; empty if it can. */
    static Optional<String> refusal(DiskPolicy policy) {
        return switch (policy.encryption()) {
            case NONE -> Optional.empty();
            case LUKS2 -> Optional.of("QEMU knows LUKS of version 1 only, not luks2");
            case QCOW2_LUKS ->
                policy.format() == DiskPolicy.Format.QCOW2
                        ? Optional.empty()
                        : Optional.of("encryption qcow2-luks needs the format qcow2");
        };
    }

    /**
     * The options for a disk.
     *
     * @param secret the file with the passphrase, which is read only if the image is encrypted
     * @throws IOException if QEMU cannot open such an image; it is never opened in another way
     */
    static List<String> options(GuestDisk disk, Path secret) throws IOException {
        DiskPolicy policy = disk.policy();
        Optional<String> refusal = refusal(policy);
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        List<String> options = new ArrayList<>();
        if (isEncrypted(policy)) {
            options.add("-object");
            options.add("secret,id=%s,format=raw,file=%s".formatted(SECRET, escaped(secret)));
        }
        options.add("-drive");
        options.add(drive(disk.image(), policy));
        options.add("-device");
        options.add("virtio-blk-pci,drive=disk,id=blk,addr=%d".formatted(QemuBoard.DISK));
        return options;
    }

    static boolean isEncrypted(DiskPolicy policy) {
        return policy.encryption() != DiskPolicy.Encryption.NONE;
    }

    private static String drive(Path image, DiskPolicy policy) {
        StringBuilder drive = new StringBuilder("if=none,id=disk,file.driver=file,file.filename=")
                .append(escaped(image.toAbsolutePath()))
                .append(",file.locking=")
                .append(policy.lock() ? "on" : "off");
        if (!policy.probeFormat()) {
            drive.append(",format=").append(format(policy.format()));
        }
        if (isEncrypted(policy)) {
            drive.append(",encrypt.format=luks,encrypt.key-secret=").append(SECRET);
        }
        if (policy.rateLimit() > 0) {
            drive.append(",throttling.bps-total=").append(policy.rateLimit());
        }
        return drive.toString();
    }

    /** The footer of a VHD says its size twice; QEMU takes the rounded one unless it is told. */
    private static String format(DiskPolicy.Format format) {
        return switch (format) {
            case RAW -> "raw";
            case QCOW2 -> "qcow2";
            case VMDK -> "vmdk";
            case VHD -> "vpc,force_size_calc=current_size";
        };
    }

    /** A comma ends a value on QEMU's command line unless it is doubled. */
    static String escaped(Path file) {
        return file.toString().replace(",", ",,");
    }
}
