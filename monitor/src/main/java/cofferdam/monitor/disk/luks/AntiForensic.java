package cofferdam.monitor.disk.luks;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/**
 * The splitting of a key into stripes of which every bit is needed, so that overwriting any part of
 * them destroys it (LUKS On-Disk Format 1.2.3, section 2.4).
 */
final class AntiForensic {

    private AntiForensic() {}

    /** The key as {@code stripes} times its length. */
    static byte[] split(byte[] key, int stripes, Hash hash, RandomGenerator random) {
        byte[] all = new byte[Math.multiplyExact(key.length, stripes)];
        random.nextBytes(all);
        byte[] sum = gather(all, key.length, stripes, hash);
        int last = all.length - key.length;
        for (int i = 0; i < key.length; i++) {
            all[last + i] = (byte) (sum[i] ^ key[i]);
        }
        return all;
    }

    /** The key that these stripes make up. */
    static byte[] merge(byte[] all, int keyBytes, int stripes, Hash hash) {
        byte[] sum = gather(all, keyBytes, stripes, hash);
        xor(sum, all, all.length - keyBytes);
        return sum;
    }

    /** What all stripes but the last come to. */
    private static byte[] gather(byte[] all, int keyBytes, int stripes, Hash hash) {
        MessageDigest digest = hash.digest();
        byte[] sum = new byte[keyBytes];
        for (int stripe = 0; stripe < stripes - 1; stripe++) {
            xor(sum, all, stripe * keyBytes);
            diffuse(sum, digest, hash.size());
        }
        return sum;
    }

    private static void xor(byte[] sum, byte[] stripes, int at) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] ^= stripes[at + i];
        }
    }

    private static void diffuse(byte[] bytes, MessageDigest digest, int size) {
        byte[] hashed = new byte[size];
        ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
        for (int at = 0, i = 0; at < bytes.length; at += size, i++) {
            int some = Math.min(size, bytes.length - at);
            digest.update(number.putInt(0, i).array());
            digest.update(bytes, at, some);
            hash(digest, hashed);
            System.arraycopy(hashed, 0, bytes, at, some);
        }
    }

    private static void hash(MessageDigest digest, byte[] into) {
        try {
            digest.digest(into, 0, into.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a hash does not fit its own size", e);
        }
    }
}
