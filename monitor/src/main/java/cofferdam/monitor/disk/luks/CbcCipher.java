package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.SectorCipher;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-CBC, each sector by itself, as dm-crypt and old qcow2 files have it: kept to read old volumes.
 * Whoever can write to the plain disk can find out with {@link Iv#PLAIN} and {@link Iv#PLAIN64} where
 * on the enciphered disk it was written.
 */
public final class CbcCipher implements SectorCipher {

    /** How a sector's initialization vector follows from its number. */
    public enum Iv {
        /** The number as 32 bits, little-endian. */
        PLAIN,
        /** The number as 64 bits, little-endian. */
        PLAIN64,
        /** The number enciphered under the SHA-256 hash of the key. */
        ESSIV_SHA256
    }

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Iv iv;
    private final int sectorSize;
    private final SecretKeySpec key;
    private final Pool<Lane> lanes;

    /**
     * @param key 16, 24 or 32 bytes
     * @param sectorSize in bytes: 512, 1024, 2048 or 4096
     * @throws IllegalArgumentException on any other length or size
     */
    public CbcCipher(Iv iv, byte[] key, int sectorSize) {
        this.iv = iv;
        this.sectorSize = Aes.requireSectorSize(sectorSize);
        byte[] checked = Aes.requireKey(key);
        this.key = new SecretKeySpec(checked, "AES");
        byte[] salt = Hash.SHA256.digest(checked);
        lanes = new Pool<>(() -> new Lane(Aes.cbc(), Aes.ecb(Cipher.ENCRYPT_MODE, salt)));
    }

    /** @param numbering enciphers sector numbers for ESSIV */
    private record Lane(Cipher cipher, Cipher numbering) {}

    @Override
    public int sectorSize() {
        return sectorSize;
    }

    @Override
    public void encrypt(long sector, byte[] bytes, int start, int count) {
        sectors(Cipher.ENCRYPT_MODE, sector, bytes, start, count);
    }

    @Override
    public void decrypt(long sector, byte[] bytes, int start, int count) {
        sectors(Cipher.DECRYPT_MODE, sector, bytes, start, count);
    }

    private void sectors(int direction, long sector, byte[] bytes, int start, int count) {
        Aes.requireSectors(bytes, start, count, sectorSize);
        lanes.use(lane -> {
            for (int done = 0; done < count; done += sectorSize) {
                byte[] vector = vector(lane, sector + done / BlockDevice.SECTOR);
                Aes.cbc(lane.cipher(), direction, key, vector, bytes, start + done, sectorSize);
            }
        });
    }

    private byte[] vector(Lane lane, long sector) {
        byte[] vector = new byte[Aes.BLOCK];
        switch (iv) {
            case PLAIN -> LONGS.set(vector, 0, sector & 0xffff_ffffL);
            case PLAIN64 -> LONGS.set(vector, 0, sector);
            case ESSIV_SHA256 -> {
                LONGS.set(vector, 0, sector);
                Aes.blocks(lane.numbering(), vector, 0, Aes.BLOCK, vector, 0);
            }
        }
        return vector;
    }
}
