package cofferdam.analysis.search;

import java.util.List;
import java.util.Optional;

/** Compiles needles for the engine that suits them and is there. */
public final class Searchers {

    private static final String VECTORS = "jdk.incubator.vector";

    private Searchers() {}

    /** The engines, of which each finds the same. */
    enum Engine {
        /** One literal at a time, with vectors. */
        VECTOR,
        /** One literal at a time, in ordinary registers. */
        SWAR,
        /** Anything, with a library. */
        VECTORSCAN,
        /** Anything, without a library. */
        JAVA
    }

    /**
     * Compiles a set of needles. One to three literals are searched with vectors, where the module
     * {@code jdk.incubator.vector} is there, or else in ordinary registers; larger sets and
     * expressions with the Vectorscan library, where it can be loaded, or else in plain Java.
     *
     * @throws InvalidNeedleException if an expression is wrong or not supported, or the set is over
     *     a limit
     */
    public static Searcher compile(List<Needle> needles) throws InvalidNeedleException {
        Needles read = Needles.of(needles);
        boolean few = read.literal() && read.targets().size() <= LiteralSearcher.MAXIMUM_LITERALS;
        List<Engine> wanted =
                few ? List.of(Engine.VECTOR, Engine.SWAR) : List.of(Engine.VECTORSCAN, Engine.JAVA);
        for (Engine engine : wanted) {
            Optional<Searcher> searcher = compile(read, engine);
            if (searcher.isPresent()) {
                return searcher.get();
            }
        }
        throw new IllegalStateException("no engine is there");
    }

    /** Compiles for one engine; empty if it is not there. */
    static Optional<Searcher> compile(List<Needle> needles, Engine engine)
            throws InvalidNeedleException {
        return compile(Needles.of(needles), engine);
    }

    private static Optional<Searcher> compile(Needles needles, Engine engine)
            throws InvalidNeedleException {
        return switch (engine) {
            case VECTOR ->
                vectors()
                        ? Optional.of(new LiteralSearcher(
                                new WarmingScan(new VectorScan(), new SwarScan()), needles))
                        : Optional.empty();
            case SWAR -> Optional.of(new LiteralSearcher(new SwarScan(), needles));
            case VECTORSCAN -> vectorscan(needles);
            case JAVA -> Optional.of(new JavaSearcher(needles));
        };
    }

    private static Optional<Searcher> vectorscan(Needles needles) throws InvalidNeedleException {
        Optional<Vectorscan> library = Vectorscan.library();
        if (library.isEmpty() || needles.targets().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new VectorscanSearcher(library.get(), needles));
    }

    /** Whether the module of vectors is there, and this module reads it. */
    private static boolean vectors() {
        Module here = Searchers.class.getModule();
        return ModuleLayer.boot().findModule(VECTORS).filter(here::canRead).isPresent();
    }
}
