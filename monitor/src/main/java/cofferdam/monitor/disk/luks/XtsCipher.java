package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.SectorCipher;

import java.util.Arrays;

/**
 * AES-XTS with 128 or 256 bits (IEEE 1619-2018), each sector's tweak being its number: dm-crypt's
 * {@code aes-xts-plain64}. XTS hides what sectors say but not that they changed or were put back, and
 * a changed sector reads as noise without an error.
 */
public final class XtsCipher implements SectorCipher {

    /** How many bytes are enciphered by one call of AES; fits the first-level cache. */
    static final int BATCH = 8192;

    private final int sectorSize;
    private final long numbers;
    private final Pool<XtsLane> lanes;

    /**
     * The mode {@code plain64}.
     *
     * @param key 32 bytes for AES-128 or 64 for AES-256: the data's key, then the tweaks'
     * @param sectorSize in bytes: 512, 1024, 2048 or 4096
     * @throws IllegalArgumentException on any other length or size
     */
    public XtsCipher(byte[] key, int sectorSize) {
        this(key, sectorSize, -1L);
    }

    private XtsCipher(byte[] key, int sectorSize, long numbers) {
        if (key.length != 32 && key.length != 64) {
            throw new IllegalArgumentException(
                    "a key of AES-XTS has 32 or 64 bytes, not %d".formatted(key.length));
        }
        this.sectorSize = Aes.requireSectorSize(sectorSize);
        this.numbers = numbers;
        byte[] data = Arrays.copyOf(key, key.length / 2);
        byte[] tweaks = Arrays.copyOfRange(key, key.length / 2, key.length);
        lanes = new Pool<>(() -> new XtsLane(data, tweaks));
    }

    /** The mode {@code plain}, whose sector numbers wrap round at 32 bits: after 2 TiB. */
    static XtsCipher plain(byte[] key, int sectorSize) {
        return new XtsCipher(key, sectorSize, 0xffff_ffffL);
    }

    @Override
    public int sectorSize() {
        return sectorSize;
    }

    @Override
    public void encrypt(long sector, byte[] bytes, int start, int count) {
        Aes.requireSectors(bytes, start, count, sectorSize);
        lanes.use(lane -> batches(lane, true, sector, bytes, start, count));
    }

    @Override
    public void decrypt(long sector, byte[] bytes, int start, int count) {
        Aes.requireSectors(bytes, start, count, sectorSize);
        lanes.use(lane -> batches(lane, false, sector, bytes, start, count));
    }

    private void batches(
            XtsLane lane, boolean encrypt, long sector, byte[] bytes, int start, int count) {
        long number = sector;
        for (int done = 0; done < count; done += BATCH) {
            int some = Math.min(BATCH, count - done);
            lane.prepare(number, numbers, sectorSize, some);
            lane.apply(encrypt, bytes, start + done, some);
            number += some / BlockDevice.SECTOR;
        }
    }
}
