package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.MalformedImageException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A record of $MFT (Linux-NTFS documentation, "File Record").
 *
 * @param number its place in $MFT
 * @param sequence grows when the record is freed, so that old references to it are noticed
 * @param base the record that this one extends; {@link #NO_BASE} if it extends none
 * @param baseSequence the sequence number that the base had then
 * @param attributes as far as they are well-formed
 * @param damage why there may be more attributes; empty where there are not
 */
record MftRecord(
        long number,
        int sequence,
        boolean inUse,
        boolean directory,
        long base,
        int baseSequence,
        List<Attribute> attributes,
        String damage) {

    static final long NO_BASE = -1;

    private static final byte[] SIGNATURE = "FILE".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DAMAGED = "BAAD".getBytes(StandardCharsets.US_ASCII);
    private static final int IN_USE = 1;
    private static final int DIRECTORY = 2;
    private static final int SMALLEST_ATTRIBUTE = 16;

    /**
     * Reads one; puts its fixups back in place.
     *
     * @return empty where no record was ever written
     * @throws MalformedImageException as {@link NtfsProblem#BAD_RECORD} or {@link
     *     NtfsProblem#FIXUP_MISMATCH}
     */
    static Optional<MftRecord> parse(long number, byte[] bytes) throws MalformedImageException {
        if (begins(bytes, DAMAGED)) {
            throw new MalformedImageException(
                    NtfsProblem.BAD_RECORD, "marked as damaged by a check of the volume");
        }
        if (!begins(bytes, SIGNATURE)) {
            return Optional.empty();
        }
        Fixups.apply(bytes);
        Span span = Span.of(bytes);
        int flags = span.u16(0x16);
        // Record 0 in a reference to a base means none, for $MFT's own extensions have sequence 1.
        boolean based = span.i64(0x20) != 0;
        List<Attribute> attributes = new ArrayList<>();
        String damage = attributes(span, attributes);
        return Optional.of(new MftRecord(
                number,
                span.u16(0x10),
                (flags & IN_USE) != 0,
                (flags & DIRECTORY) != 0,
                based ? span.u48(0x20) : NO_BASE,
                span.u16(0x26),
                attributes,
                damage));
    }

    boolean isBase() {
        return base == NO_BASE;
    }

    private static boolean begins(byte[] bytes, byte[] with) {
        return Arrays.equals(bytes, 0, with.length, with, 0, with.length);
    }

    /** Ends, since every attribute takes some bytes. */
    private static String attributes(Span record, List<Attribute> into)
            throws MalformedImageException {
        long used = record.u32(0x18);
        if (used > record.size()) {
            return "%d bytes in use of %d".formatted(used, record.size());
        }
        int at = record.u16(0x14);
        try {
            while (at <= used - 4 && record.u32(at) != AttributeType.END) {
                long length = record.u32(at + 4);
                if (length < SMALLEST_ATTRIBUTE || length > used - at) {
                    return "an attribute of %d bytes at %d".formatted(length, at);
                }
                into.add(Attribute.parse(record.slice(at, length), at));
                at += (int) length;
            }
        } catch (MalformedImageException e) {
            return "attribute at %d: %s".formatted(at, e.problem().detail());
        }
        return "";
    }
}
