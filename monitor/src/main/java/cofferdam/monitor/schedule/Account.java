package cofferdam.monitor.schedule;

import cofferdam.monitor.policy.MemoryPolicy;

/** What one machine has had of the processor, and may have. */
final class Account {

    /** A pass counts cycles of a machine with the preset shares. */
    private static final long STRIDE = MemoryPolicy.PRESET_SHARES;

    private static final long PERCENT = 100;

    private final int shares;
    private final boolean limited;
    private final long quota;
    private long pass;
    private long remainder;
    private boolean waiting;
    private long window;
    private long inWindow;
    private long used;

    /** @param pass where the others have come to */
    Account(int shares, int limit, long pass) {
        this.shares = shares;
        this.pass = pass;
        limited = limit < PERCENT;
        quota = Processor.WINDOW.toNanos()
                / PERCENT
                * limit
                * Processor.CYCLES_PER_MICROSECOND
                / 1000;
    }

    /** When it is its turn: the least pass is next. */
    long pass() {
        return pass;
    }

    /** In cycles, since the beginning. */
    long used() {
        return used;
    }

    /** It is in that window now; what was used too much goes with it. */
    void enter(long now) {
        if (now > window) {
            long allowed = Math.multiplyExact(now - window, quota);
            inWindow = Math.max(0, inWindow - allowed);
            window = now;
        }
    }

    /** Whether it must wait for the next window. */
    boolean exhausted() {
        return limited && inWindow >= quota;
    }

    /** How many cycles it may still use in this window. */
    long left() {
        return limited ? quota - inWindow : Long.MAX_VALUE;
    }

    /** Whether it waits for its turn; who did not wait has saved up nothing in that time. */
    void wants(long least, boolean now) {
        if (now && !waiting) {
            pass = Math.max(pass, least);
        }
        waiting = now;
    }

    /** It has used so many cycles. */
    void use(long cycles) {
        used += cycles;
        inWindow += cycles;
        long scaled = cycles * STRIDE + remainder;
        pass += scaled / shares;
        remainder = scaled % shares;
    }
}
