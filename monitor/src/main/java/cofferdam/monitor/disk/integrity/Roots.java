package cofferdam.monitor.disk.integrity;

import cofferdam.monitor.disk.BlockDevice;

import java.io.IOException;

/** What every kind of disk here does with its root. */
final class Roots {

    private Roots() {}

    /** @throws IntegrityException if there is none of that kind */
    static RootRecord load(RootRecord.Kind kind, BlockDevice inner, TrustedRoot root)
            throws IOException {
        return root.load()
                .flatMap(bytes -> RootRecord.of(kind, bytes))
                .orElseThrow(() -> new IntegrityException(
                        new DamagedRange(DamagedRange.Part.ROOT, 0, inner.size())));
    }

    /** By how much the inner disk is longer or shorter than it was. */
    static DamagedRange sizeDamage(BlockDevice inner, RootRecord record) {
        long least = Math.min(inner.size(), record.innerSize());
        long most = Math.max(inner.size(), record.innerSize());
        return new DamagedRange(DamagedRange.Part.SIZE, least, most - least);
    }
}
