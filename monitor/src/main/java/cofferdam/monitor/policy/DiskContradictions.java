package cofferdam.monitor.policy;

import cofferdam.monitor.policy.DiskPolicy.Encryption;
import cofferdam.monitor.policy.DiskPolicy.Format;
import cofferdam.monitor.policy.DiskPolicy.Integrity;
import cofferdam.monitor.yaml.YamlMapping;

/** Finds disk keys of a policy that cannot hold together. */
final class DiskContradictions {

    private final YamlMapping root;
    private final MonitorPolicy monitor;
    private final DiskPolicy disk;

    /** Of this file, when everything that it does not give has been inherited. */
    DiskContradictions(YamlMapping root, MonitorPolicy monitor, DiskPolicy disk) {
        this.root = root;
        this.monitor = monitor;
        this.disk = disk;
    }

    /** Records them. */
    void report() {
        if (monitor.type() == MonitorPolicy.Type.PHYSICAL) {
            root.find("disk")
                    .ifPresent(value -> value.reject(
                            "contradicts monitor.type physical: a computer's disk is no file of"
                                    + " another"));
            return;
        }
        Format wanted = container(disk.encryption());
        if (disk.encryption() != Encryption.NONE && disk.format() != wanted) {
            String message = "%s contradicts disk.format %s: it needs %s"
                    .formatted(
                            PolicyWords.ENCRYPTION.word(disk.encryption()),
                            PolicyWords.FORMAT.word(disk.format()),
                            PolicyWords.FORMAT.word(wanted));
            Contradictions.report(root, "disk.encryption", "disk.format", message);
        }
        if (disk.integrity() != Integrity.NONE && disk.probeFormat()) {
            Contradictions.report(
                    root,
                    "disk.probe-format",
                    "disk.integrity",
                    "true contradicts disk.integrity %s: what is verified has one known format"
                            .formatted(PolicyWords.INTEGRITY.word(disk.integrity())));
        }
    }

    /** Separate machines have no images, so policies of theirs do not differ in them. */
    static DiskPolicy withoutMeaningless(MonitorPolicy monitor, DiskPolicy disk) {
        return monitor.type() == MonitorPolicy.Type.PHYSICAL ? PolicyDefaults.DISK : disk;
    }

    private static Format container(Encryption encryption) {
        return switch (encryption) {
            case NONE, LUKS2 -> Format.RAW;
            case QCOW2_LUKS -> Format.QCOW2;
        };
    }
}
