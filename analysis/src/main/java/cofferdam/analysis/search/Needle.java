package cofferdam.analysis.search;

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
    record Literal(byte[] bytes, boolean ignoreCase) implements Needle {

        /** The most bytes of a literal. */
        public static final int MAXIMUM_LENGTH = 4096;

        public Literal {
            if (bytes.length < 1 || bytes.length > MAXIMUM_LENGTH) {
                throw new IllegalArgumentException("a literal of %d bytes is not between 1 and %d"
                        .formatted(bytes.length, MAXIMUM_LENGTH));
            }
        }

        @Override
        public int longest() {
            return bytes.length;
        }
    }

    /**
     * A regular expression in RE2's syntax, over bytes: a character of it is one byte (ISO 8859-1).
     *
     * @param longest matches are cut to so many bytes
     */
    record Expression(String regex, int longest) implements Needle {}
}
