package cofferdam.monitor.disk.luks;

/**
 * How much work and memory a header may ask for when a volume is unlocked, over all its key slots.
 *
 * @param iterations of PBKDF2
 * @param memory of Argon2 at once, in bytes
 * @param memoryPasses of Argon2: its memory in bytes times its passes
 */
public record UnlockLimits(long iterations, long memory, long memoryPasses) {

    /** 50 million iterations; 1 GiB, and 16 GiB over all passes: about a minute at most. */
    public static final UnlockLimits STANDARD = new UnlockLimits(50_000_000, 1L << 30, 16L << 30);
}
