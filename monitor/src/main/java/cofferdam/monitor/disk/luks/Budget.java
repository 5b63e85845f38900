package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.Problem;

import java.util.Optional;

/** What is left of the limits while key slots are tried. */
final class Budget {

    /** The most lanes of Argon2; cryptsetup makes 4 at most. */
    private static final long LANES = 64;

    /** How much of the heap stays for others, in bytes. */
    private static final long SPARED = 32L << 20;

    private final UnlockLimits limits;
    private long iterations;
    private long memoryPasses;

    Budget(UnlockLimits limits) {
        this.limits = limits;
        iterations = limits.iterations();
        memoryPasses = limits.memoryPasses();
    }

    /** Takes what a derivation of {@code size} bytes costs; or says why it may not. */
    Optional<Problem> spend(Pbkdf pbkdf, int size) {
        return switch (pbkdf) {
            case Pbkdf.Pbkdf2 it -> pbkdf2(it, size);
            case Pbkdf.Argon2 it -> argon2(it);
            case Pbkdf.Unknown it ->
                Optional.of(new Problem(LuksProblem.UNKNOWN_CIPHER, it.name()));
        };
    }

    private Optional<Problem> pbkdf2(Pbkdf.Pbkdf2 it, int size) {
        long blocks = Math.ceilDiv(size, it.hash().size());
        if (it.iterations() < 1) {
            return Optional.of(new Problem(LuksProblem.INVALID, "PBKDF2 without iterations"));
        }
        if (it.iterations() > iterations / blocks) {
            return costly("%d iterations of PBKDF2".formatted(it.iterations()));
        }
        iterations -= it.iterations() * blocks;
        return Optional.empty();
    }

    private Optional<Problem> argon2(Pbkdf.Argon2 it) {
        if (it.iterations() < 1
                || it.lanes() < 1
                || it.lanes() > LANES
                || it.memory() < 8 * it.lanes()) {
            return Optional.of(new Problem(
                    LuksProblem.INVALID,
                    "Argon2 with %d passes, %d lanes and %d KiB"
                            .formatted(it.iterations(), it.lanes(), it.memory())));
        }
        long most = Math.min(limits.memory(), free());
        if (it.memory() > most / 1024) {
            return costly("Argon2 takes %d KiB of memory, %d are allowed and free"
                    .formatted(it.memory(), most / 1024));
        }
        long bytes = it.memory() * 1024;
        if (it.iterations() > memoryPasses / bytes || it.iterations() > Integer.MAX_VALUE) {
            return costly(
                    "Argon2 passes %d times over %d KiB".formatted(it.iterations(), it.memory()));
        }
        memoryPasses -= bytes * it.iterations();
        return Optional.empty();
    }

    /** How much of the heap Argon2 can have; its blocks take a twentieth more than they hold. */
    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        return Math.max(0, (runtime.maxMemory() - used - SPARED) / 21 * 20);
    }

    private static Optional<Problem> costly(String detail) {
        return Optional.of(new Problem(LuksProblem.TOO_COSTLY, detail));
    }
}
