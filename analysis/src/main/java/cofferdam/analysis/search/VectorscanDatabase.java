package cofferdam.analysis.search;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Compiles needles to a database of Vectorscan. */
final class VectorscanDatabase {

    /** Of a longer literal so many bytes are scanned for, and the others compared where those are. */
    static final int MAXIMUM_LITERAL = 256;

    private VectorscanDatabase() {}

    /**
     * Compiles a set.
     *
     * @return the database's address; the caller frees it
     */
    static MemorySegment compile(Vectorscan library, Needles needles)
            throws InvalidNeedleException {
        try (Arena arena = Arena.ofConfined()) {
            return compile(library, needles, arena);
        }
    }

    private static MemorySegment compile(Vectorscan library, Needles needles, Arena arena)
            throws InvalidNeedleException {
        int count = needles.targets().size();
        boolean literal = needles.literal();
        MemorySegment texts = arena.allocate(ADDRESS, count);
        MemorySegment flags = arena.allocate(JAVA_INT, count);
        MemorySegment ids = arena.allocate(JAVA_INT, count);
        MemorySegment lengths = arena.allocate(JAVA_LONG, count);
        for (int i = 0; i < count; i++) {
            Needles.Target target = needles.targets().get(i);
            byte[] text = literal ? bytes(target) : pattern(target);
            MemorySegment copy = arena.allocate(text.length + 1L);
            MemorySegment.copy(text, 0, copy, JAVA_BYTE, 0, text.length);
            texts.setAtIndex(ADDRESS, i, copy);
            flags.setAtIndex(JAVA_INT, i, caseless(target) ? Vectorscan.CASELESS : 0);
            ids.setAtIndex(JAVA_INT, i, i);
            lengths.setAtIndex(JAVA_LONG, i, text.length);
        }
        MemorySegment database = arena.allocate(ADDRESS);
        MemorySegment error = arena.allocate(ADDRESS);
        int status = literal
                ? invoke(library, texts, flags, ids, lengths, count, database, error)
                : invoke(library, texts, flags, ids, count, database, error);
        if (status != Vectorscan.SUCCESS) {
            throw library.failure(error);
        }
        return database.get(ADDRESS, 0);
    }

    private static int invoke(
            Vectorscan library,
            MemorySegment texts,
            MemorySegment flags,
            MemorySegment ids,
            int count,
            MemorySegment database,
            MemorySegment error) {
        int mode = Vectorscan.MODE_BLOCK;
        try {
            return (int) library.compile.invokeExact(
                    texts, flags, ids, count, mode, MemorySegment.NULL, database, error);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static int invoke(
            Vectorscan library,
            MemorySegment texts,
            MemorySegment flags,
            MemorySegment ids,
            MemorySegment lengths,
            int count,
            MemorySegment database,
            MemorySegment error) {
        int mode = Vectorscan.MODE_BLOCK;
        try {
            return (int) library.compileLiterals.invokeExact(
                    texts, flags, ids, lengths, count, mode, MemorySegment.NULL, database, error);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean caseless(Needles.Target target) {
        return target instanceof Needles.Text text && !text.literal().exact();
    }

    private static byte[] bytes(Needles.Target target) {
        return switch (target) {
            case Needles.Text text -> head(text.literal());
            case Needles.Form form -> throw new IllegalArgumentException("not a literal");
        };
    }

    private static byte[] pattern(Needles.Target target) {
        return switch (target) {
            case Needles.Text text -> escaped(head(text.literal()));
            case Needles.Form form -> form.regex().outline().getBytes(StandardCharsets.US_ASCII);
        };
    }

    private static byte[] head(Literal literal) {
        return Arrays.copyOf(literal.bytes(), Math.min(literal.length(), MAXIMUM_LITERAL));
    }

    private static byte[] escaped(byte[] bytes) {
        var text = new StringBuilder();
        for (byte value : bytes) {
            text.append("\\x%02x".formatted(value));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The most bytes that a match of the database has for this needle. */
    static int reach(Needles.Target target) {
        return switch (target) {
            case Needles.Text text -> Math.min(text.literal().length(), MAXIMUM_LITERAL);
            case Needles.Form form -> Math.min(form.regex().outlineMaximum(), form.longest());
        };
    }
}
