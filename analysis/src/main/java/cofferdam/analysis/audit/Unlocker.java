package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.SectorCipher;
import cofferdam.monitor.disk.luks.CbcCipher;
import cofferdam.monitor.disk.luks.CipherSource;
import cofferdam.monitor.disk.luks.LuksVolume;
import cofferdam.monitor.disk.luks.Payload;
import cofferdam.monitor.disk.luks.UnlockLimits;
import cofferdam.monitor.disk.luks.Unlocking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Tries the user's keys on what is enciphered in one image, each volume once. */
final class Unlocker {

    /** The key of the old encryption of qcow2 files: AES-128, and a passphrase filled with zeros. */
    private static final int QCOW2_AES_KEY = 16;

    private static final int QCOW2_AES_SECTOR = 512;

    /** Deriving one key may take a gibibyte, so images that go side by side take turns. */
    private static final Lock TURN = new ReentrantLock();

    private final Keys keys;
    private final Map<Volume, SectorCipher> known = new HashMap<>();

    /** What two views of the same volume have in common. */
    private record Volume(String uuid, Payload payload) {}

    Unlocker(Keys keys) {
        this.keys = keys;
    }

    /**
     * The cipher of a LUKS volume's sectors, numbered from the beginning of its payload; empty if no
     * key fits or there is none.
     *
     * @param problems takes what kept a key from being tried
     */
    Optional<SectorCipher> cipher(LuksVolume volume, Consumer<Problem> problems)
            throws IOException {
        Volume name = new Volume(volume.uuid(), volume.payload());
        if (!known.containsKey(name)) {
            Optional<SectorCipher> cipher = derive(volume, problems);
            if (cipher.isEmpty()) {
                return cipher;
            }
            known.put(name, cipher.get());
        }
        return Optional.of(known.get(name));
    }

    private Optional<SectorCipher> derive(LuksVolume volume, Consumer<Problem> problems)
            throws IOException {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        List<Unlocking> tries = new ArrayList<>();
        TURN.lock();
        try {
            for (byte[] key : keys.volumeKeys()) {
                tries.add(volume.unlockWithVolumeKey(key, UnlockLimits.STANDARD));
            }
            for (byte[] passphrase : keys.passphrases()) {
                if (tries.stream().noneMatch(Unlocking.Unlocked.class::isInstance)) {
                    tries.add(volume.unlock(passphrase, UnlockLimits.STANDARD));
                }
            }
        } finally {
            TURN.unlock();
        }
        for (Unlocking tried : tries) {
            switch (tried) {
                case Unlocking.Unlocked unlocked -> {
                    return Optional.of(unlocked.cipher());
                }
                case Unlocking.Refused refused -> problems.accept(refused.problem());
                case Unlocking.WrongSecret wrong -> {}
            }
        }
        problems.accept(new Problem(AuditProblem.STILL_LOCKED, keys + " tried"));
        return Optional.empty();
    }

    /** The payload of an unlocked volume, deciphered. */
    static ByteSource payload(ByteSource volume, Payload where, SectorCipher cipher)
            throws IOException {
        return new CipherSource(volume.slice(where.offset(), where.size()), cipher);
    }

    /**
     * The cipher of an old enciphered qcow2 file by the first passphrase; nothing in the file tells
     * whether it is the right one.
     */
    Optional<SectorCipher> oldQcow2Cipher() {
        if (keys.passphrases().isEmpty()) {
            return Optional.empty();
        }
        byte[] key = Arrays.copyOf(keys.passphrases().getFirst(), QCOW2_AES_KEY);
        return Optional.of(new CbcCipher(CbcCipher.Iv.PLAIN64, key, QCOW2_AES_SECTOR));
    }
}
