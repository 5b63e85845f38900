package cofferdam.monitor.schedule;

/** A machine's processor. Every method may be called at any time, by its runner too. */
public interface VirtualProcessor {

    /** Its runner wants to run. */
    void wake();

    /** It runs no more; a slice that runs is its last. */
    void detach();

    /**
     * Its time-stamp counter, in cycles since the host started: goes on with the host's clock and,
     * while the runner runs, with what it is charged. Never goes back.
     */
    long cycles();

    /**
     * Its runner has used so many cycles, beside those that it tells of itself. What is charged
     * while it does not run is taken from its next slice.
     *
     * @throws IllegalArgumentException if they are negative
     */
    void charge(long cycles);
}
