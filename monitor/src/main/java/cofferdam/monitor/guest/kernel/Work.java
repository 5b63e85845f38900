package cofferdam.monitor.guest.kernel;

import java.util.function.LongSupplier;

/** What the kernel and its processes have done on the processor, in cycles. */
final class Work {

    private final LongSupplier counter;
    private long spent;
    private long begun;
    private long limit;
    private long total;

    /** Work by a processor with this time-stamp counter. */
    Work(LongSupplier counter) {
        this.counter = counter;
    }

    /** Somebody computes for so long. */
    void spend(long cycles) {
        spent += cycles;
    }

    /** The processor is the machine's for about so long; what was done out of turn counts first. */
    void begin(long cycles) {
        limit = cycles;
        begun = counter.getAsLong();
    }

    /** What has been used of this turn, with what the monitor took for the memory. */
    long used() {
        return spent + (counter.getAsLong() - begun);
    }

    long left() {
        return Math.max(0, limit - used());
    }

    /** All turns until now. */
    long total() {
        return total + used();
    }

    /**
     * The turn is over.
     *
     * @return the machine's own part of it, at least 1
     */
    long finish() {
        total += used();
        long own = Math.max(1, spent);
        spent = 0;
        begun = counter.getAsLong();
        limit = 0;
        return own;
    }
}
