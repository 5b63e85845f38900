package cofferdam.monitor.memory;

import java.util.Arrays;

/**
 * Who maps which frame how often. A private frame has one mapping. A shared frame has a row with its
 * key in the sharing table, its trust group, and how many mappings each guest has of it. Keeps the
 * guests' charges exact.
 */
final class FrameTable {

    /**
     * The most mappings of one frame. Pages of the same contents that are more than that have several
     * frames; the limit bounds the work of a change and makes it impossible that a count overflows.
     */
    static final int MAXIMUM_REFERENCES = 256;

    private static final int NONE = -1;

    private final Charge[] charges;
    private int width = 4;
    private int[] references = new int[0];
    private int[] rowOf = new int[0];
    // By row:
    private short[] counts = new short[0];
    private long[] keys = new long[0];
    private int[] groups = new int[0];
    private int[] freeRows = new int[0];
    private int freeRowCount;
    private int sharedFrames;
    private boolean raised;

    /** For the guests whose charges these are, by their numbers. */
    FrameTable(Charge[] charges) {
        this.charges = charges;
    }

    /** The guest of this number may map frames from now on. */
    void admit(int guest) {
        int wanted = width;
        while (wanted <= guest) {
            wanted *= 2;
        }
        if (wanted == width) {
            return;
        }
        short[] wider = new short[keys.length * wanted];
        for (int row = 0; row < keys.length; row++) {
            System.arraycopy(counts, row * width, wider, row * wanted, width);
        }
        counts = wider;
        width = wanted;
    }

    /** A frame that nobody maps becomes private to a guest. */
    void own(int frame, int guest) {
        if (frame >= references.length) {
            grow(frame);
        }
        references[frame] = 1;
        charges[guest].add(1);
    }

    private void grow(int frame) {
        int before = references.length;
        int after = Math.max(frame + 1, Math.max(1 << 10, 2 * before));
        references = Arrays.copyOf(references, after);
        rowOf = Arrays.copyOf(rowOf, after);
        Arrays.fill(rowOf, before, after, NONE);
    }

    int references(int frame) {
        return frame < references.length ? references[frame] : 0;
    }

    /** Whether it is, or was until its other mappings went, a frame for many. */
    boolean isShareable(int frame) {
        return rowOf[frame] != NONE;
    }

    /** Whether it is such a frame, of this key and trust group, with room for one more mapping. */
    boolean isOpen(int frame, long key, int group) {
        int row = rowOf[frame];
        return row != NONE
                && keys[row] == key
                && groups[row] == group
                && references[frame] < MAXIMUM_REFERENCES;
    }

    /** Whether it is such a frame of this key. */
    boolean hasKey(int frame, long key) {
        int row = rowOf[frame];
        return row != NONE && keys[row] == key;
    }

    /** The private frame of a guest may be mapped by others of this trust group. */
    void share(int frame, int guest, long key, int group) {
        int row = newRow();
        rowOf[frame] = row;
        keys[row] = key;
        groups[row] = group;
        counts[row * width + guest] = 1;
    }

    private int newRow() {
        if (freeRowCount == 0) {
            addRows();
        }
        return freeRows[--freeRowCount];
    }

    private void addRows() {
        int before = keys.length;
        int after = Math.max(64, 2 * before);
        keys = Arrays.copyOf(keys, after);
        groups = Arrays.copyOf(groups, after);
        counts = Arrays.copyOf(counts, after * width);
        freeRows = new int[after];
        for (int row = after - 1; row >= before; row--) {
            freeRows[freeRowCount++] = row;
        }
    }

    private void dropRow(int frame) {
        int row = rowOf[frame];
        rowOf[frame] = NONE;
        freeRows[freeRowCount++] = row;
    }

    /** A frame that may be shared gets one more mapping. */
    void join(int frame, int guest) {
        int before = references[frame];
        change(frame, before, before + 1);
        counts[rowOf[frame] * width + guest]++;
        charges[guest].add(before + 1);
        if (before == 1) {
            sharedFrames++;
        }
    }

    /**
     * A guest has one mapping of the frame less.
     *
     * @return whether that was the last one: the frame is free
     */
    boolean leave(int frame, int guest) {
        int before = references[frame];
        charges[guest].remove(before);
        if (rowOf[frame] == NONE) {
            references[frame] = 0;
            return true;
        }
        counts[rowOf[frame] * width + guest]--;
        if (before == 1) {
            references[frame] = 0;
            dropRow(frame);
            return true;
        }
        change(frame, before, before - 1);
        raised = true;
        if (before == 2) {
            sharedFrames--;
        }
        return false;
    }

    private void change(int frame, int before, int after) {
        references[frame] = after;
        int start = rowOf[frame] * width;
        for (int guest = 0; guest < width; guest++) {
            int count = counts[start + guest];
            if (count != 0) {
                charges[guest].move(count, before, after);
            }
        }
    }

    /** A frame whose only mapping is this guest's becomes private. */
    void unshare(int frame, int guest) {
        if (rowOf[frame] != NONE) {
            counts[rowOf[frame] * width + guest] = 0;
            dropRow(frame);
        }
    }

    /** How many frames have more than one mapping. */
    int sharedFrames() {
        return sharedFrames;
    }

    /** Whether a guest's charge went up because another left a frame; asked once. */
    boolean takeRaised() {
        boolean answer = raised;
        raised = false;
        return answer;
    }

    /** How many mappings of a frame that may be shared a guest has. */
    int mappings(int frame, int guest) {
        return counts[rowOf[frame] * width + guest];
    }
}
