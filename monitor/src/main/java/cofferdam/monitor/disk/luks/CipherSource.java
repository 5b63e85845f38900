package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.SectorCipher;

import java.io.IOException;
import java.util.Objects;

/**
 * The plain bytes of sectors that are enciphered in another source, numbered from its beginning. A
 * rest at its end that is less than a sector does not count.
 */
public final class CipherSource implements ByteSource {

    private final ByteSource enciphered;
    private final SectorCipher cipher;
    private final long size;

    /** @param enciphered the sectors, the first of which has the number 0 */
    public CipherSource(ByteSource enciphered, SectorCipher cipher) {
        this.enciphered = enciphered;
        this.cipher = cipher;
        size = enciphered.size() - enciphered.size() % cipher.sectorSize();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        int sector = cipher.sectorSize();
        int head = Math.min(count, (int) ((sector - offset % sector) % sector));
        int body = (count - head) / sector * sector;
        int tail = count - head - body;
        if (head > 0) {
            partial(offset, into, start, head);
        }
        if (body > 0) {
            enciphered.read(offset + head, into, start + head, body);
            cipher.decrypt((offset + head) / BlockDevice.SECTOR, into, start + head, body);
        }
        if (tail > 0) {
            partial(offset + head + body, into, start + head + body, tail);
        }
    }

    /** Reads from within one sector. */
    private void partial(long offset, byte[] into, int start, int count) throws IOException {
        int sector = cipher.sectorSize();
        int within = (int) (offset % sector);
        byte[] whole = enciphered.read(offset - within, sector);
        cipher.decrypt((offset - within) / BlockDevice.SECTOR, whole, 0, sector);
        System.arraycopy(whole, within, into, start, count);
    }
}
