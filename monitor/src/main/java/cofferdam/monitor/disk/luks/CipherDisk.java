package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.SectorCipher;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** A disk whose sectors are enciphered on another one, from an offset on. */
public final class CipherDisk implements BlockDevice {

    /** How many bytes are enciphered at once. */
    private static final int BATCH = 64 * 1024;

    private final BlockDevice whole;
    private final SectorCipher cipher;
    private final long offset;
    private final CipherSource content;

    /**
     * @param offset where sector 0 lies on the other disk, in bytes
     * @param size in bytes, a multiple of the cipher's sector size
     * @throws cofferdam.monitor.disk.MalformedImageException if the other disk is smaller
     */
    public CipherDisk(BlockDevice whole, SectorCipher cipher, long offset, long size)
            throws IOException {
        this.whole = whole;
        this.cipher = cipher;
        this.offset = offset;
        content = new CipherSource(whole.slice(offset, size), cipher);
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public void read(long from, byte[] into, int start, int count) throws IOException {
        content.read(from, into, start, count);
    }

    @Override
    public void write(long at, byte[] from, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, from.length);
        requireInside(at, count);
        int sector = cipher.sectorSize();
        for (int done = 0; done < count; ) {
            long next = at + done;
            int left = count - done;
            int within = (int) (next % sector);
            int some;
            if (within != 0 || left < sector) {
                some = Math.min(sector - within, left);
                byte[] whole = content.read(next - within, sector);
                System.arraycopy(from, start + done, whole, within, some);
                store(next - within, whole);
            } else {
                some = Math.min(BATCH, left - left % sector);
                store(next, Arrays.copyOfRange(from, start + done, start + done + some));
            }
            done += some;
        }
    }

    private void store(long at, byte[] plain) throws IOException {
        cipher.encrypt(at / SECTOR, plain, 0, plain.length);
        whole.write(offset + at, plain, 0, plain.length);
    }

    @Override
    public void flush() throws IOException {
        whole.flush();
    }
}
