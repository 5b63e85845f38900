package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.SectorCipher;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;

/**
 * The guest's data in the file, deciphered if there is a key (section <i>Data encryption</i>).
 * Sectors are numbered by where they lie in the file for LUKS, and by where the guest sees them for
 * the old AES method.
 */
record HostClusters(
        ByteSource file,
        Layout layout,
        ContainerEncryption encryption,
        boolean external,
        @Nullable SectorCipher cipher) {

    /** The unit of sector numbers, in bytes. */
    private static final int SECTOR = 512;

    /**
     * Reads bytes of one cluster.
     *
     * @param host where they lie in the file; what lies past its end in a cluster that begins
     *     inside reads as zeros
     * @param guest where the guest sees them
     */
    void read(long host, long guest, byte[] into, int start, int count) throws IOException {
        requireReadable();
        requireCluster(host);
        if (cipher == null) {
            readPadded(host, into, start, count);
            return;
        }
        int before = (int) (host % cipher.sectorSize());
        int wanted = before + count;
        int whole = Math.ceilDiv(wanted, cipher.sectorSize()) * cipher.sectorSize();
        byte[] sectors = new byte[whole];
        readPadded(host - before, sectors, 0, whole);
        cipher.decrypt(sector(host - before, guest - before), sectors, 0, whole);
        System.arraycopy(sectors, before, into, start, count);
    }

    /** The number of the sector that begins at these places. */
    long sector(long host, long guest) {
        return (encryption == ContainerEncryption.QCOW2_AES ? guest : host) / SECTOR;
    }

    private void requireReadable() throws MalformedImageException {
        if (external) {
            throw new MalformedImageException(
                    Qcow2Problem.EXTERNAL_DATA_FILE, "the data is in a file that is not opened");
        }
        if (encryption != ContainerEncryption.NONE && cipher == null) {
            throw new MalformedImageException(Qcow2Problem.NO_KEY, "the data is enciphered");
        }
    }

    private void requireCluster(long host) throws MalformedImageException {
        long cluster = host - layout.inCluster(host);
        if (cluster >= file.size()) {
            throw new MalformedImageException(
                    CommonProblem.TRUNCATED,
                    "the cluster at 0x%x is past the end of %d bytes"
                            .formatted(cluster, file.size()));
        }
    }

    private void readPadded(long offset, byte[] into, int start, int count) throws IOException {
        int there = Math.clamp(file.size() - offset, 0, count);
        if (there > 0) {
            file.read(offset, into, start, there);
        }
        Arrays.fill(into, start + there, start + count, (byte) 0);
    }
}
