package cofferdam.monitor.guest.kernel;

/** What a process does, a step at a time. */
@FunctionalInterface
interface Program {

    /**
     * Does the next thing. Whoever has nothing to do waits for something before it returns.
     *
     * @param self the process that does it
     * @param cycles how long it may take, about
     */
    void step(Task self, long cycles);

    /** A process that is there only for its memory. */
    Program IDLE = (self, cycles) -> {
        throw new IllegalStateException(
                "process %d was given the processor for %d cycles but wants none"
                        .formatted(self.pid(), cycles));
    };
}
