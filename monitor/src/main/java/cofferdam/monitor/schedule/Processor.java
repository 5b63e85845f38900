package cofferdam.monitor.schedule;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.policy.ProcessorPolicy;

/** The host's processor, of one core. Whoever wants to run gets it in turn, by the policy's shares and limits. */
public final class Processor {

    /** Two gigahertz. */
    public static final long CYCLES_PER_MICROSECOND = 2000;

    public Processor(Timeline timeline, ProcessorPolicy policy) {
        throw new UnsupportedOperationException();
    }

    /** A virtual processor of a machine. */
    public VirtualProcessor attach(String machine, Runner runner) {
        throw new UnsupportedOperationException();
    }
}
