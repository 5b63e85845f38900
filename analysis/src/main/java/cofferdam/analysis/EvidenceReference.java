package cofferdam.analysis;

/** A place in a run's files that proves something. */
public sealed interface EvidenceReference permits EventReference, FrameReference, ImageReference {

    /** The file's name in the run's folder. */
    String file();
}
