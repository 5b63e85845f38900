package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.MalformedImageException;

/**
 * An attribute's header and value in a record, or one piece of it where it is spread over records
 * (Linux-NTFS documentation, "Attribute Header").
 */
sealed interface Attribute {

    int COMPRESSED = 0x0001;
    int ENCRYPTED = 0x4000;

    /** One of {@link AttributeType}, or any other. */
    long type();

    /** Its name as on the volume; empty for most. */
    String name();

    /**
     * One whose value lies in the record.
     *
     * @param valueAt where in the record, in bytes
     */
    record Resident(long type, String name, int valueAt, Span value) implements Attribute {}

    /**
     * One whose value lies in clusters.
     *
     * @param unitClusters clusters of a compression unit; 1 where it is not compressed
     * @param firstVcn the first cluster of this piece; only the piece from 0 on has sizes
     * @param size in bytes
     * @param initialized how many bytes of it were ever written; the rest reads as zeros
     * @param pairs the mapping pairs, and whatever follows them
     */
    record NonResident(
            long type,
            String name,
            boolean encrypted,
            long unitClusters,
            long firstVcn,
            long size,
            long initialized,
            Span pairs)
            implements Attribute {

        boolean compressed() {
            return unitClusters > 1;
        }
    }

    /** How many clusters a compression unit may have, as a power of two. */
    int MAX_UNIT_EXPONENT = 8;

    /**
     * Reads one.
     *
     * @param at where {@code span}, which is the whole attribute, begins in the record, in bytes
     */
    static Attribute parse(Span span, int at) throws MalformedImageException {
        long type = span.u32(0);
        int nameCharacters = span.u8(9);
        // The offset of an empty name means nothing, and may be anything.
        String name = nameCharacters == 0
                ? ""
                : span.slice(span.u16(0x0a), 2L * nameCharacters).utf16();
        if (span.u8(8) == 0) {
            int valueAt = span.u16(0x14);
            return new Resident(type, name, at + valueAt, span.slice(valueAt, span.u32(0x10)));
        }
        return nonResident(span, type, name);
    }

    private static Attribute nonResident(Span span, long type, String name)
            throws MalformedImageException {
        int flags = span.u16(0x0c);
        long firstVcn = span.i64(0x10);
        long size = span.i64(0x30);
        long initialized = span.i64(0x38);
        int unitExponent = (flags & COMPRESSED) == 0 ? 0 : span.u8(0x22);
        if (firstVcn < 0 || unitExponent > MAX_UNIT_EXPONENT) {
            throw bad("from cluster %d on, in units of 2^%d".formatted(firstVcn, unitExponent));
        }
        if (firstVcn == 0 && (size < 0 || initialized < 0)) {
            throw bad("%d bytes of which %d initialized".formatted(size, initialized));
        }
        return new NonResident(
                type,
                name,
                (flags & ENCRYPTED) != 0,
                1L << unitExponent,
                firstVcn,
                size,
                initialized,
                span.from(span.u16(0x20)));
    }

    private static MalformedImageException bad(String detail) {
        return new MalformedImageException(NtfsProblem.BAD_RECORD, "an attribute " + detail);
    }
}
