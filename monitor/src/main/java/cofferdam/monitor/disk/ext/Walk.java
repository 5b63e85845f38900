package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.MeteredSource;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Region;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * One walk over a file system: the groups' own structures, then all directories for the names, then
 * all inodes, then the deleted ones, and last the bitmaps against what was found.
 */
final class Walk {

    /** How much may be read: so many bytes, and so many times the partition. */
    private static final long READ_AT_LEAST = 64 << 20;

    private static final int READ_TIMES = 4;

    /** The most groups: 32 TiB in groups of 128 MiB. */
    private static final int MOST_GROUPS = 1 << 18;

    private final ByteSource partition;
    private final Superblock superblock;
    private final ProblemList problems = new ProblemList();
    private final Consumer<FileExtent> visitor;
    private final InodeTable inodes;
    private final BlockSet owned = new BlockSet();

    /** Groups whose inodes cannot be where their descriptor says. */
    private final BitSet withoutInodes = new BitSet();

    private long blocksLeft;

    Walk(ByteSource source, Superblock superblock, Consumer<FileExtent> visitor) {
        long limit = READ_AT_LEAST
                + READ_TIMES * Math.min(source.size(), Long.MAX_VALUE / (2 * READ_TIMES));
        partition = new MeteredSource(source, limit);
        this.superblock = superblock;
        this.visitor = visitor;
        blocksLeft = READ_TIMES * superblock.blocks() + MOST_GROUPS;
        inodes = new InodeTable(partition, superblock);
    }

    /** Done for each group. */
    private interface Step {
        void group(GroupDescriptor descriptor) throws IOException;
    }

    List<Problem> run() throws IOException {
        try {
            everything();
        } catch (MalformedImageException e) {
            problems.add(e.problem());
        }
        return problems.all();
    }

    private void everything() throws IOException {
        multipleMountBlock();
        groups(this::structures);
        Naming naming = new Naming(partition, superblock, problems);
        groups(descriptor -> scan(descriptor, (inode, position) -> naming.read(inode)));
        FileTelling files =
                new FileTelling(partition, superblock, naming, problems, owned, visitor);
        groups(descriptor -> {
            Bitmap bitmap = Bitmap.ofInodes(partition, superblock, descriptor, problems);
            scan(
                    descriptor,
                    (inode, position) -> files.inode(
                            inode,
                            position,
                            bitmap.has((inode.number() - 1) % superblock.inodesPerGroup())));
        });
        files.finish(inodes);
        boolean isMore = superblock.groups() > MOST_GROUPS;
        if (isMore || owned.isFull() || naming.names().isFull()) {
            problems.add(
                    CommonProblem.LIMIT,
                    "more groups, files or blocks than are remembered: bitmaps are not compared");
            return;
        }
        groups(descriptor -> BitmapCheck.run(partition, superblock, descriptor, owned, problems));
    }

    /**
     * Does a step for each group whose descriptor is inside; a group that cannot be read is told
     * once for each step, and the others still are.
     */
    private void groups(Step step) throws IOException {
        for (long group = 0; group < Math.min(MOST_GROUPS, superblock.groups()); group++) {
            if (GroupDescriptor.position(superblock, group)
                    > partition.size() - superblock.descriptorSize()) {
                problems.add(
                        ExtProblem.BEYOND_DEVICE,
                        "descriptors from group %d of %d on".formatted(group, superblock.groups()));
                return;
            }
            try {
                step.group(GroupDescriptor.read(partition, superblock, group));
            } catch (MalformedImageException e) {
                if (e.problem().kind() == CommonProblem.WORK_LIMIT) {
                    throw e;
                }
                problems.add(
                        e.problem().kind(),
                        "group %d: %s".formatted(group, e.problem().detail()));
            }
        }
    }

    /** Source: ext4 layout, <i>Multiple Mount Protection</i>. */
    private void multipleMountBlock() throws MalformedImageException {
        long block = superblock.int32(0x168) | (superblock.int32(0x16c) << 32);
        if (superblock.has(Feature.MULTIPLE_MOUNT_PROTECTION) && block > 0) {
            metadata(block, 1);
        }
    }

    private void structures(GroupDescriptor descriptor) throws IOException {
        if (!descriptor.isChecksumRight()) {
            problems.add(
                    ExtProblem.BAD_CHECKSUM,
                    "descriptor of group %d".formatted(descriptor.group()));
        }
        new GroupLayout(superblock).visit(descriptor, this::metadata);
        if (!metadata(descriptor.inodeTable(), superblock.inodeTableBlocks())) {
            withoutInodes.set((int) descriptor.group());
        }
    }

    private void scan(GroupDescriptor descriptor, InodeTable.Visitor each) throws IOException {
        if (!withoutInodes.get((int) descriptor.group())) {
            inodes.scan(descriptor, each);
        }
    }

    /** Whether these blocks can be, and are only, a structure's. */
    private boolean metadata(long block, long count) throws MalformedImageException {
        blocksLeft -= count;
        if (blocksLeft < 0) {
            throw new MalformedImageException(
                    CommonProblem.WORK_LIMIT, "groups have more structures than there are blocks");
        }
        long end = Math.min(superblock.blocks(), partition.size() / superblock.blockSize());
        if (block < superblock.ownBlock() || block > end - count) {
            problems.add(
                    ExtProblem.BAD_DESCRIPTOR,
                    "a group's structure of %d blocks at %d".formatted(count, block));
            return false;
        }
        long twice = owned.add(block, count);
        if (twice >= 0) {
            problems.add(ExtProblem.BLOCK_TWICE, "block %d, both for structures".formatted(twice));
        }
        visitor.accept(new FileExtent(
                Region.METADATA,
                "",
                block * superblock.blockSize(),
                count * superblock.blockSize(),
                0));
        return twice < 0;
    }
}
