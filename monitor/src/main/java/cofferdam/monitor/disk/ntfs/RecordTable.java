package cofferdam.monitor.disk.ntfs;

import java.util.Arrays;

/**
 * What is remembered of every record of $MFT, in a few bytes each: enough to gather a file's
 * extension records and to judge references, without reading again.
 */
final class RecordTable {

    /** How many records are remembered; later ones go by their number. */
    static final int MAX_RECORDS = 1 << 19;

    private static final int NONE = -1;
    private static final byte PRESENT = 1;
    private static final byte IN_USE = 2;
    private static final byte DIRECTORY = 4;
    private static final byte BASE = 8;
    private static final byte LINKED = 16;

    private final byte[] flags;
    private final short[] sequences;
    private final short[] baseSequences;
    private final int[] bases;
    /** Of a base its first extension, of an extension the next one. */
    private final int[] next;

    RecordTable(long records) {
        int size = (int) Math.min(records, MAX_RECORDS);
        flags = new byte[size];
        sequences = new short[size];
        baseSequences = new short[size];
        bases = new int[size];
        next = new int[size];
        Arrays.fill(bases, NONE);
        Arrays.fill(next, NONE);
    }

    int size() {
        return flags.length;
    }

    /** Remembers a record; its number must be below {@link #size}. */
    void add(MftRecord record) {
        int number = (int) record.number();
        sequences[number] = (short) record.sequence();
        baseSequences[number] = (short) record.baseSequence();
        bases[number] = record.base() < size() ? (int) record.base() : NONE;
        flags[number] = (byte) (PRESENT
                | (record.inUse() ? IN_USE : 0)
                | (record.directory() ? DIRECTORY : 0)
                | (record.isBase() ? BASE : 0));
    }

    /** Links every extension record to its base, in ascending order; once all are added. */
    void link() {
        for (int number = size() - 1; number >= 0; number--) {
            int base = bases[number];
            if (is(number, PRESENT) && !is(number, BASE) && extendsThat(number, base)) {
                flags[number] |= LINKED;
                next[number] = next[base];
                next[base] = number;
            }
        }
    }

    private boolean extendsThat(int number, int base) {
        return base != NONE
                && is(base, BASE)
                && is(base, IN_USE) == is(number, IN_USE)
                && fits(base, baseSequences[number] & 0xffff);
    }

    /** Whether a reference with that sequence number means what the record is, or last was. */
    boolean fits(int number, int sequence) {
        int now = sequences[number] & 0xffff;
        // Freeing a record increments its number, and skips 0.
        int whenFreed = sequence == 0xffff ? 1 : sequence + 1;
        return sequence == now || (!is(number, IN_USE) && whenFreed == now);
    }

    boolean inUse(long number) {
        return number < size() && is((int) number, IN_USE);
    }

    /** Whether it is a folder, in use or not. */
    boolean isDirectory(long number) {
        return number >= 0 && number < size() && is((int) number, DIRECTORY);
    }

    /** Whether it is an extension record whose base gathers it. */
    boolean isLinked(long number) {
        return number < size() && is((int) number, LINKED);
    }

    /** The file that the record belongs to: its base where it is a linked extension, else itself. */
    int fileOf(int number) {
        return is(number, LINKED) ? bases[number] : number;
    }

    /** The first extension record of a base, or the one after an extension; negative if none. */
    int nextExtension(long number) {
        return number < size() ? next[(int) number] : NONE;
    }

    private boolean is(int number, byte flag) {
        return (flags[number] & flag) != 0;
    }
}
