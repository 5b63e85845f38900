package cofferdam.monitor.disk.integrity;

import java.io.IOException;

/**
 * Numbers that are never given twice. They are reserved in the trusted root before they are given,
 * many at a time, so that even a monitor that stops without warning does not give one again.
 */
final class NonceCounter {

    /** How many numbers are reserved at a time. */
    static final long RESERVED = 1 << 16;

    private final Reservation reservation;
    private long last;
    private long limit;

    /** Stores that all numbers up to this one may be in use. */
    @FunctionalInterface
    interface Reservation {
        void upTo(long number) throws IOException;
    }

    /** @param used the last number that may have been given before */
    NonceCounter(long used, Reservation reservation) {
        this.reservation = reservation;
        last = used;
        limit = used;
    }

    long next() throws IOException {
        if (last == limit) {
            long more = Math.addExact(limit, RESERVED);
            reservation.upTo(more);
            limit = more;
        }
        return ++last;
    }

    /** The last number that may have been given. */
    long limit() {
        return limit;
    }
}
