package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.SectorCipher;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/** Tries to find the volume key. */
final class Unlocker {

    private final ByteSource source;
    private final LuksHeader header;
    private final Budget budget;
    private @Nullable Problem refusal;

    Unlocker(ByteSource source, LuksHeader header, UnlockLimits limits) {
        this.source = source;
        this.header = header;
        budget = new Budget(limits);
    }

    Unlocking byPassphrase(byte[] passphrase) throws IOException {
        for (LockedKey locked : header.keys()) {
            byte[] key = key(locked, passphrase);
            if (key != null && isRight(key)) {
                return open(key);
            }
        }
        return failure();
    }

    Unlocking byVolumeKey(byte[] key) throws IOException {
        return isRight(key) ? open(key) : failure();
    }

    private Unlocking failure() {
        Problem problem = refusal;
        return problem == null ? new Unlocking.WrongSecret() : new Unlocking.Refused(problem);
    }

    /** What a slot gives under a passphrase, right or wrong; null where it cannot be tried. */
    private byte @Nullable [] key(LockedKey locked, byte[] passphrase) throws IOException {
        KeySlot slot = locked.slot();
        Optional<CipherMode> mode =
                CipherMode.named(locked.cipher()).filter(known -> known.takes(locked.keyBytes()));
        Optional<Hash> hash = Hash.named(locked.hash());
        if (mode.isEmpty() || hash.isEmpty()) {
            return refuse(new Problem(
                    LuksProblem.UNKNOWN_CIPHER,
                    "key slot %d: %s, %s, key of %d bytes"
                            .formatted(
                                    slot.number(),
                                    locked.cipher(),
                                    locked.hash(),
                                    locked.keyBytes())));
        }
        int stripes = locked.keyBytes() * locked.stripes();
        int size = (int) KeySlotArea.sectors(stripes) * 512;
        if (slot.offset() > source.size() - size) {
            return refuse(new Problem(
                    CommonProblem.TRUNCATED,
                    "key slot %d is not inside the volume".formatted(slot.number())));
        }
        Optional<Problem> costly = budget.spend(slot.pbkdf(), locked.keyBytes());
        if (costly.isPresent()) {
            return refuse(costly.get());
        }
        byte[] area = source.read(slot.offset(), size);
        byte[] slotKey =
                KeyDerivation.derive(slot.pbkdf(), passphrase, locked.salt(), locked.keyBytes());
        KeySlotArea.unlock(mode.get(), slotKey, area);
        return AntiForensic.merge(area, locked.keyBytes(), locked.stripes(), hash.get());
    }

    private boolean isRight(byte[] key) {
        for (KeyDigest digest : header.digests()) {
            Optional<Problem> costly = budget.spend(digest.pbkdf(), digest.size());
            if (costly.isPresent()) {
                refuse(costly.get());
            } else if (digest.isOf(key)) {
                return true;
            }
        }
        return false;
    }

    private Unlocking open(byte[] key) throws IOException {
        Payload payload = header.payload();
        Optional<CipherMode> mode =
                CipherMode.named(payload.cipher()).filter(known -> known.takes(key.length));
        if (mode.isEmpty()) {
            return new Unlocking.Refused(new Problem(
                    LuksProblem.UNKNOWN_CIPHER,
                    "%s with a key of %d bytes".formatted(payload.cipher(), key.length)));
        }
        if (!payload.integrity().isEmpty()) {
            return new Unlocking.Refused(new Problem(
                    CommonProblem.NOT_READ, "sectors with tags of " + payload.integrity()));
        }
        SectorCipher cipher = mode.get().cipher(key, payload.sectorSize());
        SectorCipher numbered = payload.firstNumber() == 0
                ? cipher
                : new NumberedFrom(payload.firstNumber(), cipher);
        long offset = Math.min(source.size(), payload.offset());
        ByteSource enciphered = source.slice(offset, payload.size());
        return new Unlocking.Unlocked(new CipherSource(enciphered, numbered), numbered, payload);
    }

    private byte @Nullable [] refuse(Problem problem) {
        if (refusal == null) {
            refusal = problem;
        }
        return null;
    }
}
