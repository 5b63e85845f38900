package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileNames;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the inode of a path whose names are as {@link FileNames} shows them. */
final class PathLookup {

    private static final int DEEPEST = 256;

    private final ByteSource partition;
    private final Superblock superblock;
    private final InodeTable inodes;

    PathLookup(ByteSource partition, Superblock superblock) {
        this.partition = partition;
        this.superblock = superblock;
        inodes = new InodeTable(partition, superblock);
    }

    Optional<Inode> find(String path) throws IOException {
        Inode at = inodes.read(Superblock.ROOT);
        for (String name : Stream.of(path.split("/"))
                .filter(part -> !part.isEmpty())
                .limit(DEEPEST)
                .toList()) {
            if (at.kind() != FileKind.DIRECTORY) {
                return Optional.empty();
            }
            long found = child(at, name);
            if (found == 0 || found > superblock.inodes()) {
                return Optional.empty();
            }
            at = inodes.read(found);
        }
        return Optional.of(at);
    }

    /** The inode of a name; 0 if there is none. */
    private long child(Inode directory, String name) throws IOException {
        long[] found = new long[1];
        new DirectoryReader(partition, superblock, new BlockSet())
                .read(directory, new DirectoryReader.Visitor() {
                    @Override
                    public void entry(DirectoryEntry entry) {
                        if (found[0] == 0 && FileNames.of(entry.name()).equals(name)) {
                            found[0] = entry.inode();
                        }
                    }

                    @Override
                    public void deleted(DirectoryEntry entry) {
                        // Only names that are in use are looked for.
                    }

                    @Override
                    public void problem(Problem problem) {
                        // The walk tells it.
                    }
                });
        return found[0];
    }
}
