package cofferdam.monitor.disk.integrity;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM of blocks (NIST SP 800-38D). The nonce of 96 bits is 4 zeros and a number that is
 * never used twice; the number of the block is authenticated with it, so that no block passes for
 * another.
 */
final class BlockCipher {

    /** The size of a tag in bytes. */
    static final int TAG = 16;

    /** The size of a key in bytes. */
    static final int KEY = 32;

    private static final int NONCE = 12;

    private final SecretKeySpec key;
    private final Cipher cipher;

    BlockCipher(byte[] key) {
        if (key.length != KEY) {
            throw new IllegalArgumentException(
                    "a key of AES-256 has 32 bytes, not %d".formatted(key.length));
        }
        this.key = new SecretKeySpec(key, "AES");
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in GCM mode is not there", e);
        }
    }

    /** The enciphered bytes and the tag behind them. */
    byte[] seal(long nonce, long block, byte[] plain, int start, int count) {
        try {
            begin(Cipher.ENCRYPT_MODE, nonce, block);
            return cipher.doFinal(plain, start, count);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in GCM mode failed", e);
        }
    }

    /** The plain bytes; null where bytes, tag, nonce and block do not belong together. */
    byte @Nullable [] open(long nonce, long block, byte[] sealed) {
        try {
            begin(Cipher.DECRYPT_MODE, nonce, block);
            return cipher.doFinal(sealed);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in GCM mode failed", e);
        }
    }

    private void begin(int direction, long nonce, long block) throws GeneralSecurityException {
        byte[] iv = ByteBuffer.allocate(NONCE).putInt(0).putLong(nonce).array();
        cipher.init(direction, key, new GCMParameterSpec(TAG * Byte.SIZE, iv));
        cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(block).flip());
    }
}
