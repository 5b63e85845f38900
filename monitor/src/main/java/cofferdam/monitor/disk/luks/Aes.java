package cofferdam.monitor.disk.luks;

import java.security.GeneralSecurityException;
import java.util.Objects;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES by the JDK. Keys are checked when a cipher is made, so its checked exceptions are defects. */
final class Aes {

    /** The size of a block in bytes. */
    static final int BLOCK = 16;

    private Aes() {}

    /** Encryption or decryption of whole blocks, each by itself. */
    static Cipher ecb(int direction, byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(direction, new SecretKeySpec(key, "AES"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in ECB mode is not there", e);
        }
    }

    static Cipher cbc() {
        try {
            return Cipher.getInstance("AES/CBC/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in CBC mode is not there", e);
        }
    }

    /** One run of CBC in place. */
    static void cbc(
            Cipher cipher,
            int direction,
            SecretKeySpec key,
            byte[] iv,
            byte[] bytes,
            int start,
            int count) {
        try {
            cipher.init(direction, key, new IvParameterSpec(iv));
            cipher.doFinal(bytes, start, count, bytes, start);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in CBC mode failed", e);
        }
    }

    /** Puts whole blocks through a cipher without padding. */
    static void blocks(Cipher cipher, byte[] from, int start, int count, byte[] into, int at) {
        try {
            int done = cipher.update(from, start, count, into, at);
            if (done != count) {
                throw new IllegalStateException("AES kept %d bytes".formatted(count - done));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }

    static byte[] requireKey(byte[] key) {
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            throw new IllegalArgumentException(
                    "a key of AES has 16, 24 or 32 bytes, not %d".formatted(key.length));
        }
        return key.clone();
    }

    static int requireSectorSize(int size) {
        if (size < 512 || size > 4096 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(
                    "a sector has 512 to 4096 bytes, a power of two, not %d".formatted(size));
        }
        return size;
    }

    static void requireSectors(byte[] bytes, int start, int count, int sectorSize) {
        Objects.checkFromIndexSize(start, count, bytes.length);
        if (count % sectorSize != 0) {
            throw new IllegalArgumentException(
                    "%d bytes are not whole sectors of %d".formatted(count, sectorSize));
        }
    }
}
