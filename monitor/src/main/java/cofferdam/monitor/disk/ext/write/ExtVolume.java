package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.FileNames;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.ext.ExtProblem;
import cofferdam.monitor.disk.ext.FileKind;
import cofferdam.monitor.disk.ext.Inode;
import cofferdam.monitor.disk.ext.Superblock;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A mounted ext2 or ext4 file system that the emulated guests write. Every call reads what it needs
 * from the device and has written all of its changes there when it returns; nothing is remembered
 * but the geometry. Not safe for several threads.
 *
 * <p>Paths begin with a slash; names in them are 1 to 255 bytes of UTF-8 without NUL, and not dot or
 * dot-dot. Symbolic links are not followed. Where a path cannot be used, the methods throw the
 * subclass of {@link FileSystemException} that says why; a full file system is a plain
 * {@code FileSystemException}; damage met on the way is a {@link MalformedImageException}.
 */
public final class ExtVolume {

    private static final int MOST_LINKS = 32000;

    private final Volume volume;
    private final Groups groups;
    private final Contents contents;
    private final Directories directories;

    ExtVolume(Volume volume) {
        this.volume = volume;
        groups = new Groups(volume);
        contents = new Contents(volume, groups);
        directories = new Directories(volume, contents);
    }

    /**
     * Makes an empty file system. Blocks that it does not use keep what they hold.
     *
     * @throws IllegalArgumentException if the partition is too small for these options
     * @throws IOException if the partition cannot be written
     */
    public static void format(BlockDevice partition, FormatOptions options) throws IOException {
        new Formatter(partition, options).format();
    }

    /**
     * Mounts a file system.
     *
     * @param seconds the time of changes, in seconds since 1970
     * @throws MalformedImageException if a kernel would refuse it, or it has features that {@link
     *     #format} does not make
     */
    public static ExtVolume open(BlockDevice partition, LongSupplier seconds) throws IOException {
        Volume volume = new Volume(partition, MountCheck.requireMountable(partition), seconds);
        ExtVolume opened = new ExtVolume(volume);
        MountCheck.requireFiles(volume, opened.contents);
        return opened;
    }

    /** How many bytes are free for files and their maps. */
    public long freeBytes() throws IOException {
        return groups.freeBlocks() * volume.blockSize();
    }

    /** Whether there is a file or directory at the path. */
    public boolean exists(String path) throws IOException {
        return find(VolumePath.of(path)).isPresent();
    }

    /** Whether there is a directory at the path. */
    public boolean isDirectory(String path) throws IOException {
        return find(VolumePath.of(path))
                .filter(inode -> inode.view().kind() == FileKind.DIRECTORY)
                .isPresent();
    }

    /**
     * The content of a file, at most 64 MiB.
     *
     * @throws NoSuchFileException if there is none
     */
    public byte[] read(String path) throws IOException {
        Inode inode = require(VolumePath.of(path)).view();
        if (inode.kind() != FileKind.REGULAR) {
            throw new FileSystemException(path, null, "not a regular file");
        }
        return contents.read(inode);
    }

    /**
     * The names in a directory in their order on disk, made safe by {@link FileNames}.
     *
     * @throws NotDirectoryException if it is not a directory
     */
    public List<String> list(String path) throws IOException {
        Inode inode = require(VolumePath.of(path)).view();
        requireDirectory(inode, path);
        return directories.names(inode).stream().map(FileNames::of).toList();
    }

    /** Makes a directory for root; see {@link #createDirectory(String, Attributes)}. */
    public void createDirectory(String path) throws IOException {
        createDirectory(path, Attributes.ROOT_DIRECTORY);
    }

    /**
     * Makes a directory in one that exists.
     *
     * @throws FileAlreadyExistsException if something has this name
     * @throws NoSuchFileException if the directory above does not exist
     */
    public void createDirectory(String path, Attributes attributes) throws IOException {
        VolumePath at = VolumePath.of(path);
        if (find(at).isPresent()) {
            throw new FileAlreadyExistsException(path);
        }
        InodeImage parent = parent(at);
        if (parent.view().links() >= MOST_LINKS) {
            throw new FileSystemException(path, null, "too many directories in a directory");
        }
        directories.reserve(parent, at.nameBytes().length);
        if (groups.freeBlocks() == 0) {
            throw Groups.noSpace();
        }
        long number = groups.allocateInode(parent.number(), true);
        InodeImage inode = fresh(number, FileKind.DIRECTORY, attributes);
        inode.setLinks(2);
        directories.create(inode, parent.number());
        directories.add(parent.view(), at.nameBytes(), number, FileKind.DIRECTORY);
        parent.setLinks(parent.view().links() + 1);
        touch(parent);
    }

    /** Writes a file of root's; see {@link #write(String, byte[], Attributes)}. */
    public void write(String path, byte[] content) throws IOException {
        write(path, content, Attributes.ROOT_FILE);
    }

    /**
     * Makes a file, or replaces the content of one: its inode stays, its blocks are given back first
     * and new ones taken. When the file system is full, nothing has changed, but for a replaced file
     * whose map alone did not fit, which is then empty.
     *
     * @throws NoSuchFileException if the directory does not exist
     * @throws FileSystemException if it is no file, too long, or does not fit
     */
    public void write(String path, byte[] content, Attributes attributes) throws IOException {
        VolumePath at = VolumePath.of(path);
        if (content.length > Contents.LONGEST) {
            throw new FileSystemException(path, null, "longer than 64 MiB");
        }
        Optional<InodeImage> old = find(at);
        if (old.isPresent()) {
            replace(at, old.get(), content, attributes);
        } else {
            create(at, content, attributes);
        }
    }

    /**
     * Writes over the beginning of a file where it lies, as tools for safe deletion do; the file
     * keeps its length and its blocks, and holes stay holes.
     *
     * @throws NoSuchFileException if there is none
     * @throws FileSystemException if it is no file, or shorter than the content
     */
    public void overwrite(String path, byte[] content) throws IOException {
        InodeImage inode = require(VolumePath.of(path));
        if (inode.view().kind() != FileKind.REGULAR
                || content.length > inode.view().size()) {
            throw new FileSystemException(path, null, "not a file of that length");
        }
        contents.overwrite(inode.view(), content);
    }

    private void replace(VolumePath at, InodeImage inode, byte[] content, Attributes attributes)
            throws IOException {
        if (inode.view().kind() != FileKind.REGULAR) {
            throw new FileSystemException(at.text(), null, "not a regular file");
        }
        if (blocksFor(content) > contents.freeWithout(inode.view())) {
            throw Groups.noSpace();
        }
        contents.truncate(inode);
        inode.setAttributes(FileKind.REGULAR, attributes);
        inode.setChanged(volume.seconds().getAsLong());
        volume.writeInode(inode);
        contents.write(inode, content);
    }

    private void create(VolumePath at, byte[] content, Attributes attributes) throws IOException {
        InodeImage parent = parent(at);
        directories.reserve(parent, at.nameBytes().length);
        if (blocksFor(content) > groups.freeBlocks()) {
            throw Groups.noSpace();
        }
        long number = groups.allocateInode(parent.number(), false);
        InodeImage inode = fresh(number, FileKind.REGULAR, attributes);
        inode.setLinks(1);
        try {
            contents.write(inode, content);
        } catch (FileSystemException e) {
            groups.freeInode(number, false);
            throw e;
        }
        directories.add(parent.view(), at.nameBytes(), number, FileKind.REGULAR);
        touch(parent);
    }

    private long blocksFor(byte[] content) {
        return Math.ceilDiv(content.length, volume.blockSize());
    }

    private InodeImage fresh(long number, FileKind kind, Attributes attributes) {
        InodeImage inode =
                InodeImage.fresh(number, volume.superblock().inodeSize(), kind, attributes);
        inode.setCreated(volume.seconds().getAsLong());
        contents.initialise(inode);
        return inode;
    }

    /**
     * Deletes a file or an empty directory. As in Linux nothing is wiped: ext2 leaves the inode's
     * block pointers, ext4 empties its extents, both leave the blocks and the name's bytes.
     *
     * @throws NoSuchFileException if there is none
     * @throws DirectoryNotEmptyException if it is a directory with something in it
     */
    public void delete(String path) throws IOException {
        VolumePath at = VolumePath.of(path);
        InodeImage inode = require(at);
        boolean isDirectory = inode.view().kind() == FileKind.DIRECTORY;
        if (isDirectory && !directories.isEmpty(inode.view())) {
            throw new DirectoryNotEmptyException(path);
        }
        InodeImage parent = parent(at);
        directories.remove(parent.view(), at.nameBytes());
        if (isDirectory) {
            parent.setLinks(parent.view().links() - 1);
        }
        touch(parent);
        int links = inode.view().links();
        if (!isDirectory && links > 1) {
            inode.setLinks(links - 1);
            volume.writeInode(inode);
            return;
        }
        if (isDirectory) {
            inode.setSize(0);
        }
        inode.setLinks(0);
        inode.setDeleted(volume.seconds().getAsLong());
        contents.release(inode);
        volume.writeInode(inode);
        groups.freeInode(inode.number(), isDirectory);
    }

    private void touch(InodeImage directory) throws IOException {
        directory.setChanged(volume.seconds().getAsLong());
        volume.writeInode(directory);
    }

    private Optional<InodeImage> find(VolumePath path) throws IOException {
        InodeImage inode = volume.readInode(Superblock.ROOT);
        for (byte[] name : path.names()) {
            if (inode.view().kind() != FileKind.DIRECTORY) {
                return Optional.empty();
            }
            Optional<Long> next = directories.find(inode.view(), name);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            inode = readUsed(next.get());
        }
        return Optional.of(inode);
    }

    private InodeImage readUsed(long number) throws IOException {
        InodeImage inode = volume.readInode(number);
        if (inode.view().links() == 0 || inode.view().kind() == FileKind.UNKNOWN) {
            throw new MalformedImageException(
                    ExtProblem.BAD_INODE, "a name refers to unused inode %d".formatted(number));
        }
        return inode;
    }

    private InodeImage require(VolumePath path) throws IOException {
        return find(path).orElseThrow(() -> new NoSuchFileException(path.text()));
    }

    private InodeImage parent(VolumePath path) throws IOException {
        InodeImage parent = require(path.parent());
        requireDirectory(parent.view(), path.parent().text());
        return parent;
    }

    private static void requireDirectory(Inode inode, String path) throws NotDirectoryException {
        if (inode.kind() != FileKind.DIRECTORY) {
            throw new NotDirectoryException(path);
        }
    }
}
