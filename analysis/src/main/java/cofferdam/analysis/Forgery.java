package cofferdam.analysis;

import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;

import java.util.List;

/** A way in which a frame can say of itself what is not true. */
interface Forgery {

    /** Whether a frame that the adversary sent is forged in this way. */
    boolean isForged(SeenFrame frame, Machine adversary);

    /** Whether a frame that the adversary forged is such as the question is about. */
    boolean isAbout(SeenFrame frame, Pair subjects, Machine adversary);

    /** What of a frame stays the same wherever it goes; equal for copies of the same frame. */
    Object trace(SeenFrame frame);

    /** Under whose address the frame is, in words. */
    String claimed(Run run, SeenFrame frame);

    /** The filters that can drop such frames of the adversary's as they enter the fabric. */
    List<Drops.Filter> filters(Machine adversary);

    /** What is missing where no forged frame {@link #isAbout} the question. */
    String missing(Pair subjects);
}
