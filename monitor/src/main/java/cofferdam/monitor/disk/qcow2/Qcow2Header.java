package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;

/**
 * The fixed part of the header: 72 bytes in version 2, at least 104 in version 3 (section
 * <i>Header</i>). Every value is one that a reader can take.
 *
 * @param length of the header in bytes; extensions follow
 * @param backingOffset where the name of the backing file is; 0 if there is none
 * @param backingLength of that name in bytes, unchecked
 * @param size of the disk in bytes
 * @param l1Entries of the active L1 table
 * @param refcountClusters of the refcount table
 * @param refcountOrder a reference count has two to this power in bits: 0 to 6
 */
record Qcow2Header(
        int version,
        int length,
        Layout layout,
        long backingOffset,
        long backingLength,
        long size,
        ContainerEncryption encryption,
        int l1Entries,
        long l1Offset,
        long refcountOffset,
        int refcountClusters,
        int snapshots,
        long snapshotsOffset,
        long incompatible,
        long autoclear,
        int refcountOrder,
        Compression compression) {

    static final int MAGIC = 0x514649fb;
    static final int LENGTH_2 = 72;
    static final int LENGTH_3 = 104;

    static final long DIRTY = 1;
    static final long CORRUPT = 1 << 1;
    static final long EXTERNAL_DATA = 1 << 2;
    static final long COMPRESSION_TYPE = 1 << 3;
    static final long EXTENDED_L2 = 1 << 4;
    static final long KNOWN_INCOMPATIBLE = 0x1f;
    static final long BITMAPS = 1;

    /** 2 EiB: as much as the largest L1 table maps with the largest clusters. */
    static final long MOST_SIZE = 1L << 61;

    static final int LEAST_CLUSTER_BITS = 9;
    static final int MOST_CLUSTER_BITS = 21;
    static final int LEAST_CLUSTER_BITS_EXTENDED = 14;
    static final int MOST_REFCOUNT_ORDER = 6;

    /** In bytes, as QEMU. */
    static final int MOST_L1 = 32 << 20;

    /** In bytes, as QEMU. */
    static final int MOST_REFCOUNT_TABLE = 8 << 20;

    static final int MOST_SNAPSHOTS = 65_536;

    /** Whether the file begins as a qcow2 file of any version does. */
    static boolean recognises(ByteSource file) throws IOException {
        return file.size() >= 8 && BigEndian.integer(file.read(0, 4), 0) == MAGIC;
    }

    /**
     * The header at the beginning of a file.
     *
     * @throws MalformedImageException if no reader may or can go on after it
     */
    static Qcow2Header read(ByteSource file) throws IOException {
        byte[] fixed = file.read(0, LENGTH_2);
        if (BigEndian.integer(fixed, 0) != MAGIC) {
            throw bad("it does not begin as a qcow2 file");
        }
        int version = BigEndian.integer(fixed, 4);
        return switch (version) {
            case 2 -> of(fixed, new byte[LENGTH_3 + 8], 2, LENGTH_2);
            case 3 -> version3(file, fixed);
            default ->
                throw new MalformedImageException(
                        Qcow2Problem.UNKNOWN_VERSION,
                        "version " + Integer.toUnsignedString(version));
        };
    }

    boolean isSet(long incompatibleBit) {
        return (incompatible & incompatibleBit) != 0;
    }

    int clusterSize() {
        return layout.clusterSize();
    }

    private static Qcow2Header version3(ByteSource file, byte[] fixed) throws IOException {
        byte[] more = new byte[LENGTH_3 + 8];
        file.read(0, more, 0, LENGTH_3);
        long length = BigEndian.unsigned(more, 100);
        int clusterBits = BigEndian.integer(fixed, 20);
        requireClusterBits(clusterBits, LEAST_CLUSTER_BITS);
        if (length < LENGTH_3 || length > 1L << clusterBits || length % 8 != 0) {
            throw bad("it has a length of " + length);
        }
        if (length > LENGTH_3) {
            file.read(LENGTH_3, more, LENGTH_3, 8);
        }
        return of(fixed, more, 3, (int) length);
    }

    private static Qcow2Header of(byte[] fixed, byte[] more, int version, int length)
            throws MalformedImageException {
        long incompatible = BigEndian.number(more, 72);
        long unknown = incompatible & ~KNOWN_INCOMPATIBLE;
        if (unknown != 0) {
            throw new MalformedImageException(
                    Qcow2Problem.UNKNOWN_FEATURE, "incompatible bits 0x%x".formatted(unknown));
        }
        boolean extended = (incompatible & EXTENDED_L2) != 0;
        int clusterBits = BigEndian.integer(fixed, 20);
        requireClusterBits(
                clusterBits, extended ? LEAST_CLUSTER_BITS_EXTENDED : LEAST_CLUSTER_BITS);
        int order = version == 2 ? 4 : BigEndian.integer(more, 96);
        if (order < 0 || order > MOST_REFCOUNT_ORDER) {
            throw bad("reference counts are of order " + Integer.toUnsignedString(order));
        }
        long size = BigEndian.number(fixed, 24);
        limit("the disk's size", size, MOST_SIZE);
        long l1 = BigEndian.unsigned(fixed, 36);
        limit("the L1 table's entries", l1, MOST_L1 / Long.BYTES);
        long refcountClusters = BigEndian.unsigned(fixed, 56);
        limit(
                "the refcount table's clusters",
                refcountClusters,
                MOST_REFCOUNT_TABLE >> clusterBits);
        long snapshots = BigEndian.unsigned(fixed, 60);
        limit("the number of snapshots", snapshots, MOST_SNAPSHOTS);
        return new Qcow2Header(
                version,
                length,
                new Layout(clusterBits, extended),
                BigEndian.number(fixed, 8),
                BigEndian.unsigned(fixed, 16),
                size,
                encryption(BigEndian.integer(fixed, 32)),
                (int) l1,
                BigEndian.number(fixed, 40),
                BigEndian.number(fixed, 48),
                (int) refcountClusters,
                (int) snapshots,
                BigEndian.number(fixed, 64),
                incompatible,
                BigEndian.number(more, 88),
                order,
                compression(more[104] & 0xff, (incompatible & COMPRESSION_TYPE) != 0));
    }

    private static ContainerEncryption encryption(int method) throws MalformedImageException {
        return switch (method) {
            case 0 -> ContainerEncryption.NONE;
            case 1 -> ContainerEncryption.QCOW2_AES;
            case 2 -> ContainerEncryption.QCOW2_LUKS;
            default -> throw bad("encryption method " + Integer.toUnsignedString(method));
        };
    }

    private static Compression compression(int type, boolean declared)
            throws MalformedImageException {
        if (declared != (type != 0)) {
            throw bad("the compression type contradicts its feature bit");
        }
        return switch (type) {
            case 0 -> Compression.DEFLATE;
            case 1 -> Compression.ZSTD;
            default ->
                throw new MalformedImageException(
                        Qcow2Problem.UNKNOWN_FEATURE, "compression type " + type);
        };
    }

    private static void requireClusterBits(int bits, int least) throws MalformedImageException {
        if (bits < least || bits > MOST_CLUSTER_BITS) {
            throw bad("clusters of %s bits".formatted(Integer.toUnsignedString(bits)));
        }
    }

    private static void limit(String what, long value, long most) throws MalformedImageException {
        if (value < 0 || value > most) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT,
                    "%s is %s, at most %d".formatted(what, Long.toUnsignedString(value), most));
        }
    }

    private static MalformedImageException bad(String why) {
        return new MalformedImageException(Qcow2Problem.BAD_HEADER, why);
    }
}
