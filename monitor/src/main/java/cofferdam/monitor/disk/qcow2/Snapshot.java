package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An entry of the snapshot table (section <i>Snapshots</i>).
 *
 * @param l1Entries of its L1 table, within the same limit as the active one's
 * @param id as the file has it, its first 255 bytes
 * @param name as the file has it, its first 255 bytes
 * @param seconds and nanoseconds since 1970, when it was taken
 * @param clock how long the guest had run, in nanoseconds
 * @param vmStateSize in bytes
 * @param diskSize in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Snapshot(
        long l1Offset,
        int l1Entries,
        byte[] id,
        byte[] name,
        long seconds,
        int nanoseconds,
        long clock,
        long vmStateSize,
        long diskSize) {

    /** The whole table in bytes, as QEMU. */
    private static final long MOST_TABLE = 64L << 20;

    /** Extra data of one entry in bytes, as QEMU. */
    private static final int MOST_EXTRA = 1024;

    private static final int MOST_NAME = 255;
    private static final int FIXED = 40;
    private static final int EXTRA = 16;

    /** A table and how many bytes it fills in the file. */
    record Table(List<Snapshot> snapshots, long length) {}

    /** The table that a header points to, as far as it can be read; the rest becomes a problem. */
    static Table read(ByteSource file, Qcow2Header header, List<Problem> problems)
            throws IOException {
        List<Snapshot> found = new ArrayList<>();
        long start = header.snapshotsOffset();
        long at = start;
        try {
            if (header.snapshots() > 0 && !header.layout().isAligned(start)) {
                throw bad("it begins at 0x%x".formatted(start));
            }
            for (int i = 0; i < header.snapshots(); i++) {
                byte[] fixed = file.read(at, FIXED);
                found.add(entry(file, at, fixed, header));
                at += length(fixed);
                if (at - start > MOST_TABLE) {
                    throw bad("it is larger than %d bytes".formatted(MOST_TABLE));
                }
            }
        } catch (MalformedImageException e) {
            problems.add(new Problem(
                    Qcow2Problem.SNAPSHOT_TABLE,
                    "entry %d of %d: %s"
                            .formatted(
                                    found.size(),
                                    header.snapshots(),
                                    e.problem().detail())));
        }
        // Writers need not store the padding behind the last entry.
        long end = Math.min(at, Math.max(start, file.size()));
        return new Table(List.copyOf(found), end - start);
    }

    /** The entry's bytes, padded to a multiple of 8. */
    byte[] toBytes() {
        int length = FIXED + EXTRA + id.length + name.length;
        byte[] bytes = new byte[(length + 7) & ~7];
        BigEndian.put(bytes, 0, l1Offset);
        BigEndian.put(bytes, 8, l1Entries);
        BigEndian.putShort(bytes, 12, id.length);
        BigEndian.putShort(bytes, 14, name.length);
        BigEndian.put(bytes, 16, (int) seconds);
        BigEndian.put(bytes, 20, nanoseconds);
        BigEndian.put(bytes, 24, clock);
        BigEndian.put(bytes, 32, (int) Math.min(vmStateSize, 0xffff_ffffL));
        BigEndian.put(bytes, 36, EXTRA);
        BigEndian.put(bytes, 40, vmStateSize);
        BigEndian.put(bytes, 48, diskSize);
        System.arraycopy(id, 0, bytes, FIXED + EXTRA, id.length);
        System.arraycopy(name, 0, bytes, FIXED + EXTRA + id.length, name.length);
        return bytes;
    }

    private static long length(byte[] fixed) {
        long length = FIXED
                + BigEndian.unsigned(fixed, 36)
                + BigEndian.unsignedShort(fixed, 12)
                + BigEndian.unsignedShort(fixed, 14);
        return (length + 7) & ~7L;
    }

    private static Snapshot entry(ByteSource file, long at, byte[] fixed, Qcow2Header header)
            throws IOException {
        long extraSize = BigEndian.unsigned(fixed, 36);
        if (extraSize > MOST_EXTRA) {
            throw bad("extra data of %d bytes".formatted(extraSize));
        }
        int idSize = BigEndian.unsignedShort(fixed, 12);
        int nameSize = BigEndian.unsignedShort(fixed, 14);
        byte[] rest = file.read(at + FIXED, (int) extraSize + idSize + nameSize);
        long vmState = extraSize >= 8 ? BigEndian.number(rest, 0) : BigEndian.unsigned(fixed, 32);
        long disk = extraSize >= EXTRA ? BigEndian.number(rest, 8) : header.size();
        long l1Entries = BigEndian.unsigned(fixed, 8);
        if (l1Entries > Qcow2Header.MOST_L1 / Long.BYTES) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT, "an L1 table of %d entries".formatted(l1Entries));
        }
        if (!isSize(vmState) || !isSize(disk)) {
            throw bad("a size that no image can have");
        }
        int id = (int) extraSize;
        int name = id + idSize;
        return new Snapshot(
                BigEndian.number(fixed, 0),
                (int) l1Entries,
                Arrays.copyOfRange(rest, id, id + Math.min(idSize, MOST_NAME)),
                Arrays.copyOfRange(rest, name, name + Math.min(nameSize, MOST_NAME)),
                BigEndian.unsigned(fixed, 16),
                BigEndian.integer(fixed, 20),
                BigEndian.number(fixed, 24),
                vmState,
                disk);
    }

    private static boolean isSize(long bytes) {
        return bytes >= 0 && bytes <= Qcow2Header.MOST_SIZE;
    }

    private static MalformedImageException bad(String why) {
        return new MalformedImageException(Qcow2Problem.SNAPSHOT_TABLE, why);
    }
}
