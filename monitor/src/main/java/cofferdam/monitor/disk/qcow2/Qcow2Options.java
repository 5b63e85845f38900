package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.SectorCipher;

import org.jspecify.annotations.Nullable;

/**
 * How a disk in a qcow2 file is made and written.
 *
 * @param version 2 or 3
 * @param clusterBits a cluster is two to this power in bytes: 9 to 21
 * @param zeroWrites what becomes of clusters that a guest fills with zeros
 * @param zeroOnFree whether clusters that nothing refers to any more are overwritten by zeros; if
 *     not, they keep their bytes until they are used again
 * @param encryption null if the data is plain
 * @param backing null if there is none
 */
public record Qcow2Options(
        int version,
        int clusterBits,
        ZeroWrites zeroWrites,
        boolean zeroOnFree,
        @Nullable Encryption encryption,
        @Nullable Backing backing) {

    /** Version 3 with clusters of 64 KiB, plain, as QEMU's own default. */
    public static final Qcow2Options DEFAULT =
            new Qcow2Options(3, 16, ZeroWrites.STORED, false, null, null);

    public Qcow2Options {
        if (version != 2 && version != 3) {
            throw new IllegalArgumentException("qcow2 has no version " + version);
        }
        if (clusterBits < Qcow2Header.LEAST_CLUSTER_BITS
                || clusterBits > Qcow2Header.MOST_CLUSTER_BITS) {
            throw new IllegalArgumentException("clusters of %d bits".formatted(clusterBits));
        }
    }

    /** What becomes of whole clusters of zeros that are written. */
    public enum ZeroWrites {
        /** They are written like any data. */
        STORED,
        /** The entry is flagged as zero and the host cluster is let go. */
        FLAGGED,
        /** The entry is flagged as zero and keeps its host cluster, whose old bytes stay. */
        FLAGGED_KEEPING
    }

    /**
     * Encryption by LUKS.
     *
     * @param header the LUKS header with its key slots, as it is to be in the file
     * @param cipher enciphers data; sectors are numbered from the file's beginning
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Encryption(byte[] header, SectorCipher cipher) {}

    /**
     * What unallocated clusters are read from.
     *
     * @param name and format as they are put into the image
     * @param disk the disk inside the backing image
     */
    public record Backing(String name, String format, ByteSource disk) {}

    public Qcow2Options withVersion(int other) {
        return new Qcow2Options(other, clusterBits, zeroWrites, zeroOnFree, encryption, backing);
    }

    public Qcow2Options withClusterBits(int other) {
        return new Qcow2Options(version, other, zeroWrites, zeroOnFree, encryption, backing);
    }

    public Qcow2Options withZeroWrites(ZeroWrites other) {
        return new Qcow2Options(version, clusterBits, other, zeroOnFree, encryption, backing);
    }

    public Qcow2Options withZeroOnFree(boolean other) {
        return new Qcow2Options(version, clusterBits, zeroWrites, other, encryption, backing);
    }

    public Qcow2Options withEncryption(Encryption other) {
        return new Qcow2Options(version, clusterBits, zeroWrites, zeroOnFree, other, backing);
    }

    public Qcow2Options withBacking(Backing other) {
        return new Qcow2Options(version, clusterBits, zeroWrites, zeroOnFree, encryption, other);
    }
}
