package cofferdam.analysis.search;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Something to look for in bytes. */
public sealed interface Needle {

    /** The most bytes that a match may have: what a reader of neighbouring blocks must join. */
    int longest();

    /**
     * These bytes.
     *
     * @param bytes 1 to {@link #MAXIMUM_LENGTH} bytes; not copied
     * @param ignoreCase whether the ASCII letters among them match in either case
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Literal(byte[] bytes, boolean ignoreCase) implements Needle {

        /** The most bytes of a literal. */
        public static final int MAXIMUM_LENGTH = 4096;

        public Literal {
            if (bytes.length < 1 || bytes.length > MAXIMUM_LENGTH) {
                throw new IllegalArgumentException("a literal of %d bytes is not between 1 and %d"
                        .formatted(bytes.length, MAXIMUM_LENGTH));
            }
        }

        /**
         * The text as it stands in files: in UTF-8, and in UTF-16 with the low byte first.
         *
         * @throws IllegalArgumentException if one of them is empty or too long
         */
        public static List<Needle> ofText(String text, boolean ignoreCase) {
            return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)
                    .<Needle>map(charset -> new Literal(text.getBytes(charset), ignoreCase))
                    .toList();
        }

        @Override
        public int longest() {
            return bytes.length;
        }
    }

    /**
     * A regular expression in RE2's syntax, over bytes: a character of it is one byte (ISO 8859-1).
     *
     * @param longest the most bytes of a match, 1 to {@link #MAXIMUM_LONGEST}; of what would match
     *     more bytes, the preferred match within so many is told
     */
    record Expression(String regex, int longest) implements Needle {

        /** The largest limit of a match. */
        public static final int MAXIMUM_LONGEST = 1 << 16;

        public Expression {
            if (longest < 1 || longest > MAXIMUM_LONGEST) {
                throw new IllegalArgumentException(
                        "a longest match of %d bytes is not between 1 and %d"
                                .formatted(longest, MAXIMUM_LONGEST));
            }
        }
    }
}
