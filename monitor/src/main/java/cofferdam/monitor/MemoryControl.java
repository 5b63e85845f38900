package cofferdam.monitor;

import java.io.IOException;

/** Where the host's administrator takes memory back from a running machine. */
public non-sealed interface MemoryControl extends Capability {

    /**
     * Takes so many bytes back.
     *
     * @throws IOException if the machine is down or the host has no such means
     */
    void reclaim(long bytes, Means means) throws IOException;

    /** How memory is taken back. */
    enum Means {
        /** A driver in the guest takes pages from its own system and gives them to the host. */
        BALLOON,
        /** The host writes pages to a file, unknown to the guest. */
        SWAP
    }
}
