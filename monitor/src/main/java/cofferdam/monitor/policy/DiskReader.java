package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.util.List;
import java.util.Optional;

/** Reads how a policy keeps disks; what is not given stays as inherited. */
final class DiskReader {

    private static final List<String> KEYS = List.of(
            "format",
            "encryption",
            "integrity",
            "zero-on-allocate",
            "probe-format",
            "lock",
            "rate-limit");

    private final YamlMapping disk;
    private final DiskPolicy inherited;

    DiskReader(YamlMapping disk, DiskPolicy inherited) {
        this.disk = disk.allow(KEYS);
        this.inherited = inherited;
    }

    DiskPolicy read() {
        return new DiskPolicy(
                choice("format", PolicyWords.FORMAT, inherited.format()),
                choice("encryption", PolicyWords.ENCRYPTION, inherited.encryption()),
                choice("integrity", PolicyWords.INTEGRITY, inherited.integrity()),
                flag("zero-on-allocate", inherited.zeroOnAllocate()),
                flag("probe-format", inherited.probeFormat()),
                flag("lock", inherited.lock()),
                rateLimit());
    }

    private long rateLimit() {
        Optional<YamlValue> given = disk.find("rate-limit");
        if (given.isEmpty()) {
            return inherited.rateLimit();
        }
        return given.filter(value -> !value.is(PolicyWords.OFF))
                .flatMap(value -> value.size(DiskPolicy.MINIMUM_RATE, DiskPolicy.MAXIMUM_RATE))
                .orElse(0L);
    }

    private <E> E choice(String key, Words<E> words, E otherwise) {
        return disk.find(key).flatMap(value -> value.choice(words)).orElse(otherwise);
    }

    private boolean flag(String key, boolean otherwise) {
        return disk.find(key).flatMap(YamlValue::flag).orElse(otherwise);
    }
}
