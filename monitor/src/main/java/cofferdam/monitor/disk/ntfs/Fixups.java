package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.MalformedImageException;

/**
 * The update sequence array (Linux-NTFS documentation, "Fixup"): the last two bytes of every 512 of
 * a record hold its update sequence number, and what belongs there stands in an array at its front,
 * so that a record written in part is noticed.
 */
final class Fixups {

    /** What each number protects, in bytes; the same for every sector size. */
    static final int STRIDE = 512;

    /** How many bytes at the end of each stride the number displaces. */
    static final int PROTECTED = 2;

    /** Where in a record the offset of its array stands. */
    static final int ARRAY_FIELD = 4;

    private Fixups() {}

    /**
     * Puts back what belongs there.
     *
     * @throws MalformedImageException as {@link NtfsProblem#BAD_RECORD} if the array is impossible,
     *     as {@link NtfsProblem#FIXUP_MISMATCH} if the numbers differ
     */
    static void apply(byte[] record) throws MalformedImageException {
        Span span = Span.of(record);
        int arrayAt = span.u16(ARRAY_FIELD);
        int entries = span.u16(6);
        int strides = record.length / STRIDE;
        if (entries != strides + 1 || arrayAt % 2 != 0 || arrayAt + 2 * entries > STRIDE - 2) {
            throw new MalformedImageException(
                    NtfsProblem.BAD_RECORD,
                    "an update sequence array of %d entries at %d".formatted(entries, arrayAt));
        }
        int number = span.u16(arrayAt);
        for (int stride = 1; stride <= strides; stride++) {
            int at = stride * STRIDE - 2;
            if (span.u16(at) != number) {
                throw new MalformedImageException(
                        NtfsProblem.FIXUP_MISMATCH,
                        "sector %d bears %d instead of %d".formatted(stride, span.u16(at), number));
            }
            System.arraycopy(record, arrayAt + 2 * stride, record, at, 2);
        }
    }
}
