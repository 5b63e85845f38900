package cofferdam.analysis;

import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.SeenFrame;

import java.util.List;

/** Messages by which machines say where an address is, or who the router is. */
interface Claims {

    /** Whether the frame says something of this machine that is not true. */
    boolean isFalse(SeenFrame frame, Machine about);

    /** Whether the frame says something that is not for this machine to say, be it true or not. */
    boolean isForeign(SeenFrame frame, Machine sender);

    /** The filters that can drop such frames as they enter the fabric. */
    List<Drops.Filter> filters();
}
