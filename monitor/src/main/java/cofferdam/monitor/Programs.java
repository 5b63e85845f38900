package cofferdam.monitor;

import java.util.Optional;

/** Programs that a user of a running machine can start, each made to use up one resource. */
public non-sealed interface Programs extends Capability {

    /**
     * Starts a program; it runs until it is stopped, or its machine ends it. On a machine that is
     * down it has ended at once.
     */
    Execution start(Stressor stressor);

    /** Why this machine has no such program, without a full stop; empty if it has. */
    default Optional<String> cannot(Stressor stressor) {
        return Optional.empty();
    }

    /** A program that was started. */
    interface Execution {

        /** Whether it has ended, by itself or not. */
        boolean ended();

        /** Ends it, with every process that it has made. */
        void stop();
    }

    /** What a program uses up: the six of the Isolation Benchmark Suite (Deshane and others, 2007). */
    enum Stressor {
        /** Reserves memory, writes to all of it, and never frees any. */
        MEMORY,
        /** Computes without a pause in as many processes as a machine has for it. */
        PROCESSOR,
        /** Makes processes that make processes. */
        FORK,
        /** Reads and writes its disk without a pause. */
        DISK,
        /** Sends datagrams to a machine outside as fast as its interface takes them. */
        NETWORK_SEND,
        /** Has a machine outside send datagrams to it as fast as that can. */
        NETWORK_RECEIVE
    }
}
