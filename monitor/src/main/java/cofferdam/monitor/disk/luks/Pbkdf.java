package cofferdam.monitor.disk.luks;

/** How a key is made slowly from a passphrase; the salt is not part of it. */
public sealed interface Pbkdf {

    /**
     * PBKDF2 (RFC 8018, 5.2).
     *
     * @param iterations at least 1
     */
    record Pbkdf2(Hash hash, long iterations) implements Pbkdf {}

    /**
     * Argon2 version 1.3 (RFC 9106).
     *
     * @param iterations passes over the memory
     * @param memory in KiB
     * @param lanes how many threads can share the work
     */
    record Argon2(Variant variant, long iterations, long memory, long lanes) implements Pbkdf {

        /** Whether the memory is read in an order that depends on the passphrase. */
        public enum Variant {
            /** Independent of it. */
            I,
            /** Independent of it at first. */
            ID
        }
    }

    /** Another one, which cannot be computed here. */
    record Unknown(String name) implements Pbkdf {}
}
