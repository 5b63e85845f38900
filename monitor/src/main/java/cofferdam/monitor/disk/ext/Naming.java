package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;

/** Reads all directories once, so that inodes get names. */
final class Naming {

    private static final int MOST_DELETED = 1 << 17;

    private final Superblock superblock;
    private final ProblemList problems;
    private final DirectoryReader reader;
    private final NameTable names = new NameTable(NameTable.MOST_NAMES);
    private final NameTable deleted = new NameTable(MOST_DELETED);

    Naming(ByteSource partition, Superblock superblock, ProblemList problems) {
        this.superblock = superblock;
        this.problems = problems;
        reader = new DirectoryReader(partition, superblock, new BlockSet());
    }

    /** The names of files that exist. */
    NameTable names() {
        return names;
    }

    /** The path that a deleted file had; {@code inode:N} where it is not known. */
    String deletedPath(long inode) {
        return deleted.pathIn(names, inode);
    }

    /** Reads the inode if it is a directory in use. */
    void read(Inode inode) throws IOException {
        if (inode.kind() != FileKind.DIRECTORY || inode.links() == 0) {
            return;
        }
        reader.read(inode, new DirectoryReader.Visitor() {
            @Override
            public void entry(DirectoryEntry entry) {
                add(inode, entry);
            }

            @Override
            public void deleted(DirectoryEntry entry) {
                if (entry.inode() != 0) {
                    deleted.add(entry.inode(), inode.number(), entry.name());
                }
            }

            @Override
            public void problem(Problem problem) {
                problems.add(problem);
            }
        });
    }

    private void add(Inode directory, DirectoryEntry entry) {
        if (entry.inode() > superblock.inodes()) {
            problems.add(
                    ExtProblem.BAD_DIRECTORY,
                    "directory %d names inode %d of %d"
                            .formatted(directory.number(), entry.inode(), superblock.inodes()));
            return;
        }
        if (!DirectoryReader.isName(entry.name())) {
            problems.add(
                    ExtProblem.BAD_NAME,
                    "inode %d in directory %d".formatted(entry.inode(), directory.number()));
        }
        boolean isRoot = entry.inode() == Superblock.ROOT;
        boolean isNew = !isRoot && names.add(entry.inode(), directory.number(), entry.name());
        if (isRoot || (!isNew && entry.kind() == FileKind.DIRECTORY.entry())) {
            problems.add(
                    ExtProblem.DIRECTORY_LOOP,
                    "directory %d is also in directory %d"
                            .formatted(entry.inode(), directory.number()));
        }
    }
}
