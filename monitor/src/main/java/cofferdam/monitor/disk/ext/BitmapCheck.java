package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;

/** Holds a group's bitmap of blocks against what is in use. */
final class BitmapCheck {

    private BitmapCheck() {}

    static void run(
            ByteSource partition,
            Superblock superblock,
            GroupDescriptor descriptor,
            BlockSet owned,
            ProblemList problems)
            throws IOException {
        if (descriptor.is(GroupDescriptor.BLOCKS_UNINITIALISED)) {
            return;
        }
        Bitmap bitmap = Bitmap.ofBlocks(partition, superblock, descriptor, problems);
        long first = superblock.firstBlock(descriptor.group());
        long count = superblock.blocksIn(descriptor.group());
        Tally free = new Tally();
        Tally ownerless = new Tally();
        int shift = superblock.clusterShift();
        for (long cluster = 0; cluster << shift < count; cluster++) {
            long block = first + (cluster << shift);
            if (shift == 0
                    && (cluster & 63) == 0
                    && cluster + 64 <= count
                    && bitmap.word(cluster) == owned.bits(block)) {
                cluster += 63;
                continue;
            }
            long end = Math.min(first + count, block + (1L << shift));
            boolean isOwned = owned.next(block, end, true) < end;
            if (isOwned && !bitmap.has(cluster)) {
                free.add(block);
            } else if (!isOwned && bitmap.has(cluster) && block > 0) {
                ownerless.add(block);
            }
        }
        free.tell(ExtProblem.BLOCK_IN_USE_MARKED_FREE, descriptor, problems);
        ownerless.tell(ExtProblem.BLOCK_WITHOUT_OWNER, descriptor, problems);
    }

    /** How many there are, and the first. */
    private static final class Tally {

        private long count;
        private long first;

        void add(long block) {
            if (count == 0) {
                first = block;
            }
            count++;
        }

        void tell(ExtProblem kind, GroupDescriptor descriptor, ProblemList problems) {
            if (count > 0) {
                problems.add(
                        kind,
                        "%d in group %d, from block %d on"
                                .formatted(count, descriptor.group(), first));
            }
        }
    }
}
