package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Region;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/** Tells where the content of files lies. */
final class FileTelling {

    /** The most deleted files that are remembered until all others have been told. */
    private static final int MOST_DELETED = 1 << 20;

    /** How many times the blocks of the file system are told at most. */
    private static final int WORK_TIMES = 4;

    private final Superblock superblock;
    private final Naming naming;
    private final ProblemList problems;
    private final BlockSet owned;
    private final Consumer<FileExtent> visitor;
    private final FileBlocks maps;
    private final SystemFiles systemFiles;
    private int[] deleted = new int[64];
    private int deletedCount;
    private boolean isEncryptionTold;
    private long blocksLeft;

    FileTelling(
            ByteSource partition,
            Superblock superblock,
            Naming naming,
            ProblemList problems,
            BlockSet owned,
            Consumer<FileExtent> visitor) {
        this.superblock = superblock;
        this.naming = naming;
        this.problems = problems;
        this.owned = owned;
        this.visitor = visitor;
        maps = new FileBlocks(partition, superblock);
        systemFiles = new SystemFiles(superblock);
        blocksLeft = WORK_TIMES * superblock.blocks();
    }

    /** Tells an inode's content, or remembers that it is deleted. */
    void inode(Inode inode, long position, boolean isMarkedUsed) throws IOException {
        boolean isNamed =
                inode.number() == Superblock.ROOT || naming.names().contains(inode.number());
        if (!isMarkedUsed && !isNamed) {
            remember(inode);
            return;
        }
        if (inode.kind() == FileKind.UNKNOWN && !systemFiles.contains(inode.number())) {
            return;
        }
        if (inode.number() == SystemFiles.RESIZE) {
            resize(inode);
            return;
        }
        check(inode, isMarkedUsed, isNamed);
        tell(inode, position);
    }

    private void remember(Inode inode) {
        boolean canBeKnown = inode.kind().hasContent() && deletedCount < MOST_DELETED;
        if (!canBeKnown || inode.number() < superblock.firstInode()) {
            return;
        }
        if (deletedCount == deleted.length) {
            deleted = Arrays.copyOf(deleted, 2 * deletedCount);
        }
        deleted[deletedCount++] = (int) inode.number();
    }

    /** Only the first block of its map is not told with the groups. */
    private void resize(Inode inode) throws MalformedImageException {
        long block = Integer.toUnsignedLong(ByteBuffer.wrap(inode.map())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(4 * (PointerTree.DIRECT + 1)));
        if (maps.isValid(block, 1)) {
            claim(inode, block, 1);
            tell(Region.METADATA, "", block * superblock.blockSize(), superblock.blockSize(), 0);
        }
    }

    private void check(Inode inode, boolean isMarkedUsed, boolean isNamed) {
        long number = inode.number();
        if (!inode.isChecksumRight(superblock)) {
            problems.add(ExtProblem.BAD_CHECKSUM, "inode %d".formatted(number));
        }
        if (inode.size() < 0) {
            problems.add(
                    ExtProblem.BAD_INODE, "inode %d has size %d".formatted(number, inode.size()));
        }
        if (systemFiles.contains(number)) {
            return;
        }
        if (!isMarkedUsed) {
            problems.add(ExtProblem.INODE_MARKED_FREE, "inode %d".formatted(number));
        }
        boolean isDirectory = inode.kind() == FileKind.DIRECTORY;
        if (isDirectory && naming.names().isLoop(number)) {
            problems.add(
                    ExtProblem.DIRECTORY_LOOP,
                    "directory %d is not below the root".formatted(number));
        }
        if (!isNamed && inode.links() == 0) {
            problems.add(ExtProblem.ORPHANS, "inode %d".formatted(number));
        } else if (!isNamed
                && !inode.is(Inode.ATTRIBUTE_VALUE)
                && !naming.names().isFull()) {
            problems.add(ExtProblem.UNREACHABLE, "inode %d".formatted(number));
        }
    }

    private void tell(Inode inode, long position) throws IOException {
        boolean isSystem = systemFiles.contains(inode.number());
        String path = isSystem ? "" : naming.names().path(inode.number());
        if (inode.is(Inode.ENCRYPTED) && !isEncryptionTold) {
            isEncryptionTold = true;
            problems.add(ExtProblem.ENCRYPTED, "first %s".formatted(path));
        }
        attributes(inode, path);
        if (!inode.kind().hasContent() && !isSystem) {
            return;
        }
        if (inode.is(Inode.INLINE)) {
            inline(inode, position, path);
        } else if (inode.isShortLink()) {
            tell(Region.ALLOCATED, path, position + Inode.MAP_AT, inode.size(), 0);
        } else if (isSystem || inode.kind() == FileKind.DIRECTORY) {
            maps.visit(inode, new Structure(inode, path));
        } else {
            maps.visit(inode, new Content(inode, path));
        }
    }

    /** Inodes with equal attributes share the block, so it may be told before. */
    private void attributes(Inode inode, String path) {
        long block = inode.attributeBlock();
        if (block == 0) {
            return;
        }
        if (!maps.isValid(block, 1)) {
            problems.add(
                    ExtProblem.BEYOND_DEVICE,
                    "inode %d: attributes at block %d".formatted(inode.number(), block));
        } else if (owned.add(block)) {
            tell(Region.METADATA, path, block * superblock.blockSize(), superblock.blockSize(), 0);
        }
    }

    private void inline(Inode inode, long position, String path) {
        if (inode.kind() == FileKind.DIRECTORY) {
            tell(Region.METADATA, path, position + Inode.MAP_AT, Inode.MAP_SIZE, 0);
            return;
        }
        InlineData inline = InlineData.of(inode);
        long rest = Math.clamp(inode.size() - inline.first(), 0, inline.rest());
        tell(Region.ALLOCATED, path, position + Inode.MAP_AT, inline.first(), 0);
        tell(Region.ALLOCATED, path, position + inline.restAt(), rest, inline.first());
    }

    /** Tells the deleted files, without what belongs to others by now. */
    void finish(InodeTable inodes) throws IOException {
        BlockSet seen = new BlockSet();
        for (int at = 0; at < deletedCount; at++) {
            long number = Integer.toUnsignedLong(deleted[at]);
            long position = inodes.position(number);
            Inode inode = inodes.read(number);
            String path = naming.deletedPath(number);
            if (inode.is(Inode.INLINE)) {
                InlineData inline = InlineData.of(inode);
                tell(Region.UNALLOCATED, path, position + Inode.MAP_AT, inline.first(), 0);
                tell(
                        Region.UNALLOCATED,
                        path,
                        position + inline.restAt(),
                        inline.rest(),
                        inline.first());
            } else if (!inode.isShortLink()) {
                maps.visit(inode, new Deleted(path, seen));
            }
        }
    }

    private void tell(Region region, String path, long offset, long length, long fileOffset) {
        if (length > 0) {
            visitor.accept(new FileExtent(region, path, offset, length, fileOffset));
        }
    }

    /** Counts blocks that maps tell: of a sound file system each block once. */
    private void work(long blocks) throws MalformedImageException {
        blocksLeft -= blocks;
        if (blocksLeft < 0) {
            throw new MalformedImageException(
                    CommonProblem.WORK_LIMIT, "files have more blocks than there are");
        }
    }

    private boolean claim(Inode inode, long block, long count) throws MalformedImageException {
        work(count);
        long twice = owned.add(block, count);
        if (twice >= 0) {
            problems.add(
                    ExtProblem.BLOCK_TWICE,
                    "block %d, again in inode %d".formatted(twice, inode.number()));
        }
        return twice < 0;
    }

    /** Claims the blocks of a map, and reads each only for the first that claims it. */
    private boolean index(Inode inode, String path, long block) throws MalformedImageException {
        tell(Region.METADATA, path, block * superblock.blockSize(), superblock.blockSize(), 0);
        return claim(inode, block, 1);
    }

    private void runs(Region region, String path, long logical, long physical, long count) {
        int size = superblock.blockSize();
        tell(region, path, physical * size, count * size, logical * size);
    }

    /** A directory, or a file of the file system's own. */
    private final class Structure implements BlockVisitor {

        private final Inode inode;
        private final String path;

        Structure(Inode inode, String path) {
            this.inode = inode;
            this.path = path;
        }

        @Override
        public void data(long logical, long physical, long count, boolean written)
                throws MalformedImageException {
            claim(inode, physical, count);
            runs(Region.METADATA, path, logical, physical, count);
        }

        @Override
        public boolean index(long block) throws MalformedImageException {
            return FileTelling.this.index(inode, path, block);
        }

        @Override
        public void problem(Problem problem) {
            problems.add(problem);
        }
    }

    /** A file that exists. */
    private final class Content implements BlockVisitor {

        private final Inode inode;
        private final String path;

        Content(Inode inode, String path) {
            this.inode = inode;
            this.path = path;
        }

        @Override
        public void data(long logical, long physical, long count, boolean written)
                throws MalformedImageException {
            claim(inode, physical, count);
            int size = superblock.blockSize();
            long start = logical * size;
            // What is reserved reads as zeros; what it held before is still there.
            long content = written ? Math.clamp(inode.size() - start, 0, count * size) : 0;
            long offset = physical * size;
            tell(Region.ALLOCATED, path, offset, content, start);
            tell(Region.SLACK, path, offset + content, count * size - content, start + content);
        }

        @Override
        public boolean index(long block) throws MalformedImageException {
            return FileTelling.this.index(inode, path, block);
        }

        @Override
        public void problem(Problem problem) {
            problems.add(problem);
        }
    }

    /** A deleted file whose map is still there; what is wrong with it does not matter. */
    private final class Deleted implements BlockVisitor {

        private final String path;
        private final BlockSet seen;

        Deleted(String path, BlockSet seen) {
            this.path = path;
            this.seen = seen;
        }

        @Override
        public void data(long logical, long physical, long count, boolean written)
                throws MalformedImageException {
            work(count);
            long end = physical + count;
            long from = owned.next(physical, end, false);
            while (from < end) {
                long to = owned.next(from, end, true);
                runs(Region.UNALLOCATED, path, logical + from - physical, from, to - from);
                from = owned.next(to, end, false);
            }
        }

        @Override
        public boolean index(long block) {
            return !owned.contains(block) && seen.add(block);
        }

        @Override
        public void problem(Problem problem) {
            // A map that was given back may hold anything by now.
        }
    }
}
