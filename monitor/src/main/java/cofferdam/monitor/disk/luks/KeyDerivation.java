package cofferdam.monitor.disk.luks;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

import java.nio.ByteBuffer;

import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/** Makes keys from passphrases. Whoever calls it has limited the work and the memory. */
final class KeyDerivation {

    private KeyDerivation() {}

    /** {@code size} bytes from a passphrase. */
    static byte[] derive(Pbkdf pbkdf, byte[] passphrase, byte[] salt, int size) {
        return switch (pbkdf) {
            case Pbkdf.Pbkdf2 it -> pbkdf2(it, passphrase, salt, size);
            case Pbkdf.Argon2 it -> argon2(it, passphrase, salt, size);
            case Pbkdf.Unknown it ->
                throw new IllegalArgumentException(it.name() + " is not known");
        };
    }

    // The JDK's own takes passphrases of characters only, but a volume key is any bytes.
    private static byte[] pbkdf2(Pbkdf.Pbkdf2 how, byte[] passphrase, byte[] salt, int size) {
        Mac mac = how.hash().mac(passphrase);
        int step = mac.getMacLength();
        byte[] key = new byte[size];
        byte[] turn = new byte[step];
        for (int at = 0, number = 1; at < size; at += step, number++) {
            mac.update(salt);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
            finish(mac, turn);
            byte[] sum = turn.clone();
            for (long i = 1; i < how.iterations(); i++) {
                mac.update(turn);
                finish(mac, turn);
                for (int octet = 0; octet < step; octet++) {
                    sum[octet] ^= turn[octet];
                }
            }
            System.arraycopy(sum, 0, key, at, Math.min(step, size - at));
        }
        return key;
    }

    private static void finish(Mac mac, byte[] into) {
        try {
            mac.doFinal(into, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("a MAC does not fit its own length", e);
        }
    }

    private static byte[] argon2(Pbkdf.Argon2 how, byte[] passphrase, byte[] salt, int size) {
        int variant = switch (how.variant()) {
            case I -> Argon2Parameters.ARGON2_i;
            case ID -> Argon2Parameters.ARGON2_id;
        };
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(variant)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withIterations(Math.toIntExact(how.iterations()))
                .withMemoryAsKB(Math.toIntExact(how.memory()))
                .withParallelism(Math.toIntExact(how.lanes()))
                .build());
        byte[] key = new byte[size];
        generator.generateBytes(passphrase, key);
        return key;
    }
}
