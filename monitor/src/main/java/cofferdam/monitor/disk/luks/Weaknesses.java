package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges what a header says. */
final class Weaknesses {

    /** PBKDF2 with fewer iterations is quick to try. */
    static final long FEW_ITERATIONS = 100_000;

    /** Argon2 with fewer KiB times passes is quick to try: 32 MiB once. */
    static final long LITTLE_MEMORY = 32 * 1024;

    private final ByteSource source;
    private final LuksHeader header;
    private final List<Problem> found = new ArrayList<>();

    private Weaknesses(ByteSource source, LuksHeader header) {
        this.source = source;
        this.header = header;
    }

    static List<Problem> of(ByteSource source, LuksHeader header) {
        Weaknesses weaknesses = new Weaknesses(source, header);
        weaknesses.payload(header.payload());
        header.keys().forEach(weaknesses::key);
        return weaknesses.found;
    }

    private void payload(Payload payload) {
        String cipher = payload.cipher().toLowerCase(Locale.ROOT);
        boolean nothing = cipher.startsWith("cipher_null");
        if (nothing) {
            add(LuksProblem.NULL_CIPHER, payload.cipher());
        } else if (cipher.endsWith("-ecb") || cipher.endsWith("-cbc-plain")) {
            add(LuksProblem.WEAK_MODE, payload.cipher());
        }
        if (CipherMode.named(payload.cipher()).isEmpty() && !nothing) {
            add(LuksProblem.UNKNOWN_CIPHER, payload.cipher());
        }
        if (payload.integrity().isEmpty()) {
            add(LuksProblem.NO_INTEGRITY, payload.cipher() + " without a tag for each sector");
        }
        if (payload.offset() == 0 || payload.offset() >= source.size()) {
            add(LuksProblem.DETACHED, "the data would be at " + payload.offset());
        }
    }

    private void key(LockedKey key) {
        KeySlot slot = key.slot();
        long end = header.payload().offset();
        long most = end == 0 ? source.size() : Math.min(end, source.size());
        if (slot.offset() < 592 || slot.length() > most || slot.offset() > most - slot.length()) {
            add(
                    LuksProblem.KEY_SLOT_OUTSIDE,
                    "key slot %d has %d bytes at %d"
                            .formatted(slot.number(), slot.length(), slot.offset()));
        }
        switch (slot.pbkdf()) {
            case Pbkdf.Pbkdf2 it -> pbkdf2(slot.number(), it);
            case Pbkdf.Argon2 it -> argon2(slot.number(), it);
            case Pbkdf.Unknown it ->
                add(
                        LuksProblem.UNKNOWN_CIPHER,
                        "key slot %d: %s".formatted(slot.number(), it.name()));
        }
    }

    private void pbkdf2(int number, Pbkdf.Pbkdf2 it) {
        if (it.iterations() < FEW_ITERATIONS) {
            add(
                    LuksProblem.QUICK_DERIVATION,
                    "key slot %d: PBKDF2 with %d iterations".formatted(number, it.iterations()));
        }
        if (it.hash() == Hash.SHA1 || it.hash() == Hash.RIPEMD160) {
            add(
                    LuksProblem.WEAK_HASH,
                    "key slot %d: %s".formatted(number, it.hash().headerName()));
        }
    }

    private void argon2(int number, Pbkdf.Argon2 it) {
        // Both are limited to 18 digits, and only little of either is of interest.
        if (it.memory() < LITTLE_MEMORY
                && it.iterations() < LITTLE_MEMORY / Math.max(1, it.memory())) {
            add(
                    LuksProblem.QUICK_DERIVATION,
                    "key slot %d: Argon2 with %d KiB and %d passes"
                            .formatted(number, it.memory(), it.iterations()));
        }
    }

    private void add(LuksProblem kind, String detail) {
        found.add(new Problem(kind, detail));
    }
}
