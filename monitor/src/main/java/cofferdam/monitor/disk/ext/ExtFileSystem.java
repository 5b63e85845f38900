package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.FileSystem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An ext2, ext3 or ext4 file system, for reading. It reads block pointers and extents, inline data,
 * indexed directories, groups of every layout (flex_bg, meta_bg, sparse_super2, 64bit, never written
 * ones) and clusters; a journal is shown, not replayed.
 *
 * <p>A file of several names has the first found in order of inodes. What is reserved but never
 * written by a file is {@link cofferdam.monitor.disk.Region#SLACK} of it, for it still holds what was
 * there before. Deleted files are told where their map is still there: ext2 and debugfs leave it,
 * ext3 and ext4 clear it. Their path is {@code inode:N} where the name is not known.
 */
public final class ExtFileSystem implements FileSystem {

    private static final Set<Feature> EXT3_READABLE =
            Set.of(Feature.FILETYPE, Feature.RECOVER, Feature.META_BG);
    private static final Set<Feature> EXT3_WRITABLE =
            Set.of(Feature.SPARSE_SUPER, Feature.LARGE_FILE, Feature.BTREE_DIRECTORY);

    private final ByteSource partition;
    private final Superblock superblock;
    private final List<Problem> problems;

    private ExtFileSystem(ByteSource partition, Superblock superblock, List<Problem> problems) {
        this.partition = partition;
        this.superblock = superblock;
        this.problems = problems;
    }

    /** Whether the partition has the magic number and a possible block size of one. */
    public static boolean recognises(ByteSource partition) throws IOException {
        return Superblock.recognises(partition);
    }

    /**
     * Opens a file system; reads its superblock and the copies of it.
     *
     * @throws MalformedImageException if the superblock's numbers are impossible, or the partition
     *     is only a journal, or has a feature that decides where things are and is not known
     */
    public static ExtFileSystem open(ByteSource partition) throws IOException {
        Superblock superblock = Superblock.read(partition);
        int unknown = superblock.flags(Feature.Word.INCOMPATIBLE)
                & ~Feature.bits(Feature.Word.INCOMPATIBLE, Set.of(Feature.values()));
        if (unknown != 0 || superblock.has(Feature.JOURNAL_DEVICE)) {
            throw new MalformedImageException(
                    ExtProblem.UNSUPPORTED_FEATURE,
                    "incompatible flags 0x%x"
                            .formatted(superblock.flags(Feature.Word.INCOMPATIBLE)));
        }
        List<Problem> problems = new OpeningCheck(partition, superblock).run();
        return new ExtFileSystem(partition, superblock, problems);
    }

    /** {@code ext2}, {@code ext3} or {@code ext4}, told by its features as {@code blkid} does. */
    @Override
    public String type() {
        boolean isNew = hasMoreThan(Feature.Word.INCOMPATIBLE, EXT3_READABLE)
                || hasMoreThan(Feature.Word.READ_ONLY_COMPATIBLE, EXT3_WRITABLE);
        if (isNew) {
            return "ext4";
        }
        return superblock.has(Feature.HAS_JOURNAL) ? "ext3" : "ext2";
    }

    private boolean hasMoreThan(Feature.Word word, Set<Feature> known) {
        return (superblock.flags(word) & ~Feature.bits(word, known)) != 0;
    }

    @Override
    public long size() {
        return superblock.blocks() * superblock.blockSize();
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public List<Problem> walk(Consumer<FileExtent> visitor) throws IOException {
        return new Walk(partition, superblock, visitor).run();
    }

    @Override
    public Optional<ByteSource> file(String path) throws IOException {
        Optional<Inode> found = new PathLookup(partition, superblock)
                .find(path)
                .filter(inode -> inode.kind() == FileKind.REGULAR);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Inode inode = found.get();
        return Optional.of(
                inode.is(Inode.INLINE)
                        ? ByteSource.of(InlineData.of(inode).content(inode))
                        : FileSource.of(partition, superblock, inode));
    }
}
