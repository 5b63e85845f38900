package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;

/**
 * How often each L2 table is referred to, and whether it was visited: a hash table of limited size
 * with open addressing, at most 20 MiB.
 */
final class TableCounts {

    private static final int MOST = 1 << 19;
    private static final int FIRST = 1 << 8;

    private long[] offsets = new long[FIRST];
    private int[] references = new int[FIRST];
    private int[] lastViews = new int[FIRST];
    private int size;

    /** What is known of a table when one more reference to it is noted. */
    enum Reference {
        FIRST,
        FROM_ANOTHER_VIEW,
        FROM_THE_SAME_VIEW
    }

    /**
     * Notes a reference to the table at an offset, which is not 0.
     *
     * @param view which L1 table refers to it
     * @throws MalformedImageException if there are too many tables
     */
    Reference add(long offset, int view) throws MalformedImageException {
        int slot = slot(offset);
        if (offsets[slot] == 0) {
            if (size == MOST) {
                throw new MalformedImageException(
                        CommonProblem.WORK_LIMIT,
                        "there are more than %d L2 tables".formatted(MOST));
            }
            insert(slot, offset, view);
            return Reference.FIRST;
        }
        references[slot]++;
        Reference before = lastViews[slot] == view
                ? Reference.FROM_THE_SAME_VIEW
                : Reference.FROM_ANOTHER_VIEW;
        lastViews[slot] = view;
        return before;
    }

    /** How often the table is referred to on its first visit; 0 on all others, and if unknown. */
    int visit(long offset) {
        int slot = slot(offset);
        if (offsets[slot] == 0) {
            return 0;
        }
        int times = references[slot];
        references[slot] = 0;
        return times;
    }

    private void insert(int slot, long offset, int view) {
        offsets[slot] = offset;
        references[slot] = 1;
        lastViews[slot] = view;
        size++;
        if (size > offsets.length / 2) {
            grow();
        }
    }

    private void grow() {
        long[] oldOffsets = offsets;
        int[] oldReferences = references;
        int[] oldViews = lastViews;
        offsets = new long[oldOffsets.length * 2];
        references = new int[offsets.length];
        lastViews = new int[offsets.length];
        for (int i = 0; i < oldOffsets.length; i++) {
            if (oldOffsets[i] != 0) {
                int slot = slot(oldOffsets[i]);
                offsets[slot] = oldOffsets[i];
                references[slot] = oldReferences[i];
                lastViews[slot] = oldViews[i];
            }
        }
    }

    private int slot(long offset) {
        int mask = offsets.length - 1;
        int slot = (int) ((offset * 0x9e3779b97f4a7c15L) >>> 40) & mask;
        while (offsets[slot] != 0 && offsets[slot] != offset) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
