package cofferdam.monitor.memory;

import java.util.List;

/** A driver in a guest that takes pages from its own system for the monitor. */
public interface Balloon {

    /**
     * Takes up to so many pages; the guest may free, drop or swap out something for it.
     *
     * @return the numbers of the guest's pages whose contents nobody needs from now on
     */
    List<Integer> inflate(int pages);

    /** Gives up to so many pages back to the system: the monitor has memory for them again. */
    List<Integer> deflate(int pages);
}
