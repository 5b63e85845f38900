package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.BlockDevice;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import javax.crypto.Cipher;

/**
 * What one thread needs to encipher a batch of sectors. All blocks of a batch go through AES in one
 * call, since the JDK's fast path begins at many blocks; the tweaks are worked out as longs before.
 */
final class XtsLane {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The reduction of x^128 + x^7 + x^2 + x + 1 (IEEE 1619-2018, 5.2). */
    private static final long POLYNOMIAL = 0x87;

    private final Cipher encryption;
    private final Cipher decryption;
    private final Cipher tweaking;
    private final byte[] seeds = new byte[XtsCipher.BATCH / BlockDevice.SECTOR * Aes.BLOCK];
    private final long[] tweaks = new long[XtsCipher.BATCH / Long.BYTES];
    private final byte[] whitened = new byte[XtsCipher.BATCH];

    XtsLane(byte[] dataKey, byte[] tweakKey) {
        encryption = Aes.ecb(Cipher.ENCRYPT_MODE, dataKey);
        decryption = Aes.ecb(Cipher.DECRYPT_MODE, dataKey);
        tweaking = Aes.ecb(Cipher.ENCRYPT_MODE, tweakKey);
    }

    /** Works out the tweaks of these many bytes. */
    void prepare(long sector, long numbers, int sectorSize, int count) {
        int sectors = count / sectorSize;
        long step = sectorSize / BlockDevice.SECTOR;
        for (int i = 0; i < sectors; i++) {
            LONGS.set(seeds, i * Aes.BLOCK, (sector + i * step) & numbers);
            LONGS.set(seeds, i * Aes.BLOCK + Long.BYTES, 0L);
        }
        Aes.blocks(tweaking, seeds, 0, sectors * Aes.BLOCK, seeds, 0);
        int longs = sectorSize / Long.BYTES;
        for (int i = 0; i < sectors; i++) {
            expand(i * Aes.BLOCK, i * longs, longs);
        }
    }

    private void expand(int seed, int at, int longs) {
        long low = (long) LONGS.get(seeds, seed);
        long high = (long) LONGS.get(seeds, seed + Long.BYTES);
        for (int i = at; i < at + longs; i += 2) {
            tweaks[i] = low;
            tweaks[i + 1] = high;
            long carried = high >> (Long.SIZE - 1) & POLYNOMIAL;
            high = high << 1 | low >>> (Long.SIZE - 1);
            low = low << 1 ^ carried;
        }
    }

    /** Enciphers or deciphers what the tweaks were prepared for. */
    void apply(boolean encrypt, byte[] bytes, int start, int count) {
        for (int i = 0; i < count; i += Long.BYTES) {
            LONGS.set(whitened, i, (long) LONGS.get(bytes, start + i) ^ tweaks[i / Long.BYTES]);
        }
        Aes.blocks(encrypt ? encryption : decryption, whitened, 0, count, bytes, start);
        for (int i = 0; i < count; i += Long.BYTES) {
            LONGS.set(
                    bytes, start + i, (long) LONGS.get(bytes, start + i) ^ tweaks[i / Long.BYTES]);
        }
    }
}
