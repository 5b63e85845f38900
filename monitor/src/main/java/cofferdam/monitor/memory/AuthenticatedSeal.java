package cofferdam.monitor.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in Galois/counter mode (NIST SP 800-38D) under a key for one guest. Every page written has
 * a number of its own as nonce; number and tag stay in the monitor's memory, so that a page can
 * neither be changed in the file nor put back later.
 */
final class AuthenticatedSeal implements SwapSeal {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int PAGE = PhysicalMemory.PAGE;

    private final String machine;
    private final Cipher cipher;
    private final byte[] key = new byte[KEY_BYTES];
    private final Map<Integer, Label> labels = new HashMap<>();
    private long written;
    private boolean forgotten;

    /** Which writing of a page it was, and its tag. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Label(long number, byte[] tag) {}

    AuthenticatedSeal(String machine, RandomGenerator random) {
        this.machine = machine;
        random.nextBytes(key);
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public byte[] seal(int slot, byte[] page) {
        try {
            long number = written++;
            byte[] sealed = start(Cipher.ENCRYPT_MODE, number).doFinal(page, 0, PAGE);
            labels.put(slot, new Label(number, Arrays.copyOfRange(sealed, PAGE, sealed.length)));
            return Arrays.copyOf(sealed, PAGE);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public byte[] open(int slot, byte[] stored) throws IOException {
        Label label = labels.get(slot);
        if (label == null) {
            throw new IOException(
                    "slot %d of the swap file has no page of %s".formatted(slot, machine));
        }
        byte[] sealed = Arrays.copyOf(stored, PAGE + TAG_BYTES);
        System.arraycopy(label.tag(), 0, sealed, PAGE, TAG_BYTES);
        try {
            return start(Cipher.DECRYPT_MODE, label.number()).doFinal(sealed);
        } catch (AEADBadTagException changed) {
            throw new IOException(
                    "slot %d of the swap file is not what was written there for %s"
                            .formatted(slot, machine),
                    changed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Cipher start(int mode, long number) throws GeneralSecurityException {
        if (forgotten) {
            throw new IllegalStateException("the key of %s is forgotten".formatted(machine));
        }
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(number).array();
        cipher.init(
                mode,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        return cipher;
    }

    @Override
    public void forget() {
        Arrays.fill(key, (byte) 0);
        labels.clear();
        forgotten = true;
    }
}
