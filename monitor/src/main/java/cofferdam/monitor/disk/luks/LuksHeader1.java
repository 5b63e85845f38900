package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.SectorCipher;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * A new LUKS1 header with its key slots (LUKS On-Disk Format 1.2.3, section 2), as qcow2 files hold
 * one: AES-256-XTS with SHA-256, the passphrase in the first slot, and the layout that QEMU writes.
 */
public final class LuksHeader1 {

    /** The size of the header and its slots in bytes, which is where a payload begins: 2,068,480. */
    public static final int SIZE = 4096 + 8 * 258_048;

    static final int SLOTS = 8;
    static final int SLOT_TABLE = 208;
    static final int SLOT_ENTRY = 48;
    static final int ENABLED = 0x00ac71f3;
    static final int DISABLED = 0x0000dead;
    static final int DIGEST = 20;
    static final int SALT = 32;

    private static final int KEY_BYTES = 64;
    private static final int SECTOR = 512;
    private static final int FIRST_SLOT = 4096;
    private static final int SLOT_SIZE = 258_048;

    private final byte[] bytes;
    private final SectorCipher cipher;

    private LuksHeader1(byte[] bytes, SectorCipher cipher) {
        this.bytes = bytes;
        this.cipher = cipher;
    }

    /**
     * A header with a new volume key.
     *
     * @param iterations of PBKDF2, for the slot and for the digest of the volume key; at least 1
     */
    public static LuksHeader1 create(byte[] passphrase, RandomGenerator random, int iterations) {
        byte[] volumeKey = LuksRandom.bytes(random, KEY_BYTES);
        byte[] digestSalt = LuksRandom.bytes(random, SALT);
        byte[] slotSalt = LuksRandom.bytes(random, SALT);
        Pbkdf pbkdf = new Pbkdf.Pbkdf2(Hash.SHA256, iterations);
        ByteBuffer header = ByteBuffer.allocate(SIZE);
        header.put(Luks2Header.MAGIC).putShort((short) 1);
        header.put(8, ascii("aes")).put(40, ascii("xts-plain64")).put(72, ascii("sha256"));
        header.putInt(104, SIZE / SECTOR).putInt(108, KEY_BYTES);
        header.put(112, KeyDerivation.derive(pbkdf, volumeKey, digestSalt, DIGEST));
        header.put(132, digestSalt).putInt(164, iterations);
        header.put(168, ascii(LuksRandom.uuid(random)));
        for (int slot = 0; slot < SLOTS; slot++) {
            int entry = SLOT_TABLE + slot * SLOT_ENTRY;
            header.putInt(entry, slot == 0 ? ENABLED : DISABLED);
            header.putInt(entry + 40, (FIRST_SLOT + slot * SLOT_SIZE) / SECTOR);
            header.putInt(entry + 44, Luks2Writer.STRIPES);
        }
        header.putInt(SLOT_TABLE + 4, iterations).put(SLOT_TABLE + 8, slotSalt);
        byte[] area = KeySlotArea.lock(
                CipherMode.XTS_PLAIN64,
                KeyDerivation.derive(pbkdf, passphrase, slotSalt, KEY_BYTES),
                AntiForensic.split(volumeKey, Luks2Writer.STRIPES, Hash.SHA256, random));
        header.put(FIRST_SLOT, area);
        return new LuksHeader1(header.array(), new XtsCipher(volumeKey, SECTOR));
    }

    /** The header and the areas of all eight slots: {@link #SIZE} bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The cipher of the payload, in sectors of 512 bytes. */
    public SectorCipher cipher() {
        return cipher;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
