package cofferdam.analysis;
/** Judges. */
public final class Analysis {
    private Analysis() {}
}
