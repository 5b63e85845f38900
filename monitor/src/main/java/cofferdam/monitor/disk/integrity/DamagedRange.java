package cofferdam.monitor.disk.integrity;

/**
 * Bytes of the inner disk that are not what the trusted root says.
 *
 * @param offset on the inner disk in bytes; data has the same offset on the outer one
 * @param length in bytes
 */
public record DamagedRange(Part part, long offset, long length) {

    /** What bytes of the inner disk are for. */
    public enum Part {
        /** Data of the guest. */
        DATA,
        /** Hashes, or nonces and tags, of other blocks. */
        TREE,
        /** The inner disk is longer, by these bytes, or shorter, without these bytes. */
        SIZE,
        /** There is no trusted root, or not one of this kind of disk. */
        ROOT
    }

    @Override
    public String toString() {
        return "%d bytes at %d are not as the trusted root has them (%s)"
                .formatted(
                        length,
                        offset,
                        switch (part) {
                            case DATA -> "data";
                            case TREE -> "hash tree";
                            case SIZE -> "size";
                            case ROOT -> "no such root";
                        });
    }
}
