package cofferdam.monitor.schedule;

/** What runs on a virtual processor. */
public interface Runner {

    /** Whether it wants to run. */
    boolean runnable();

    /**
     * Runs for about so many cycles.
     *
     * @return how many it took, at least 1; may be less if it has nothing more to do, and more by what
     *     cannot be divided
     */
    long run(long cycles);
}
