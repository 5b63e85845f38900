package cofferdam.monitor.schedule;

/** A machine's processor. */
public interface VirtualProcessor {

    /** Its runner wants to run. */
    void wake();

    /** It runs no more. */
    void detach();

    /**
     * Its time-stamp counter, in cycles since the host started: goes on with the host's clock and,
     * while the runner runs, with what it is charged.
     */
    long cycles();

    /** Its runner has used so many cycles, beside those that it tells of itself. */
    void charge(long cycles);
}
