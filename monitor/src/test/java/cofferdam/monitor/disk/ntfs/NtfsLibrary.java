package cofferdam.monitor.disk.ntfs;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A volume in a plain file, written by libntfs-3g itself: folders, links, streams, compression and
 * deletion, which its tools do not offer. Nothing is mounted.
 */
@SuppressWarnings("restricted")
final class NtfsLibrary implements AutoCloseable {

    private static final String[] NAMES = {"libntfs-3g.so.89", "libntfs-3g.so.90", "libntfs-3g.so"};
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;
    private static final int DATA = 0x80;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    private final Arena arena = Arena.ofConfined();
    private final SymbolLookup library = find(arena);
    private final MemorySegment volume;

    /** Opens the volume in that file for writing. */
    NtfsLibrary(Path image) {
        volume = pointer("ntfs_mount", of(POINTER, POINTER, LONG), text(image.toString()), 0L);
    }

    private static SymbolLookup find(Arena arena) {
        for (String name : NAMES) {
            try {
                return SymbolLookup.libraryLookup(name, arena);
            } catch (IllegalArgumentException e) {
                // Tries the next name.
            }
        }
        if (System.getenv("COFFERDAM_REQUIRE_TOOLS") != null) {
            return fail("libntfs-3g is not installed, and COFFERDAM_REQUIRE_TOOLS asks for it");
        }
        return abort("libntfs-3g is not installed");
    }

    /** Makes a folder. */
    void folder(String path) {
        close(create(path, FOLDER));
    }

    /** Makes a folder whose new files are compressed. */
    void compressedFolder(String path) {
        folder(path);
        MemorySegment inode = open(path);
        MemorySegment flags = arena.allocateFrom(INT, 0x800);
        int done = number(
                "ntfs_set_ntfs_attrib", of(INT, POINTER, POINTER, LONG, INT), inode, flags, 4L, 0);
        check("ntfs_set_ntfs_attrib", done == 0);
        close(inode);
    }

    /** Makes a file with that content. */
    void file(String path, byte[] content) {
        close(create(path, REGULAR));
        append(path, 0, content);
    }

    /** Writes into a file that exists. */
    void append(String path, long offset, byte[] content) {
        MemorySegment inode = open(path);
        MemorySegment attribute = pointer(
                "ntfs_attr_open",
                of(POINTER, POINTER, INT, POINTER, INT),
                inode,
                DATA,
                utf16(""),
                0);
        MemorySegment bytes;
        try (Arena once = Arena.ofConfined()) {
            bytes = once.allocateFrom(ValueLayout.JAVA_BYTE, content);
            long written = (long) call(
                    "ntfs_attr_pwrite",
                    of(LONG, POINTER, LONG, LONG, POINTER),
                    attribute,
                    offset,
                    (long) content.length,
                    bytes);
            check("ntfs_attr_pwrite", written == content.length);
        }
        number("ntfs_attr_pclose", of(INT, POINTER), attribute);
        call("ntfs_attr_close", FunctionDescriptor.ofVoid(POINTER), attribute);
        close(inode);
    }

    /** Adds an alternate stream to a file. */
    void stream(String path, String name, byte[] content) {
        MemorySegment inode = open(path);
        int done = number(
                "ntfs_attr_add",
                of(INT, POINTER, INT, POINTER, ValueLayout.JAVA_BYTE, POINTER, LONG),
                inode,
                DATA,
                utf16(name),
                (byte) name.length(),
                arena.allocateFrom(ValueLayout.JAVA_BYTE, content),
                (long) content.length);
        check("ntfs_attr_add", done == 0);
        close(inode);
    }

    /** Gives a file a second name. */
    void link(String path, String second) {
        MemorySegment inode = open(path);
        MemorySegment folder = open(folderOf(second));
        int done = number(
                "ntfs_link",
                of(INT, POINTER, POINTER, POINTER, ValueLayout.JAVA_BYTE),
                inode,
                folder,
                utf16(nameOf(second)),
                (byte) nameOf(second).length());
        check("ntfs_link", done == 0);
        close(folder);
        close(inode);
    }

    /** Deletes a file or an empty folder. */
    void delete(String path) {
        int done = number(
                "ntfs_delete",
                of(INT, POINTER, POINTER, POINTER, POINTER, POINTER, ValueLayout.JAVA_BYTE),
                volume,
                text(path),
                open(path),
                open(folderOf(path)),
                utf16(nameOf(path)),
                (byte) nameOf(path).length());
        check("ntfs_delete", done == 0);
    }

    @Override
    public void close() {
        int done = number("ntfs_umount", of(INT, POINTER, INT), volume, 0);
        arena.close();
        check("ntfs_umount", done == 0);
    }

    private MemorySegment create(String path, int type) {
        MemorySegment folder = open(folderOf(path));
        MemorySegment made = pointer(
                "ntfs_create",
                of(POINTER, POINTER, INT, POINTER, ValueLayout.JAVA_BYTE, INT),
                folder,
                0,
                utf16(nameOf(path)),
                (byte) nameOf(path).length(),
                type);
        close(folder);
        return made;
    }

    private MemorySegment open(String path) {
        return pointer(
                "ntfs_pathname_to_inode",
                of(POINTER, POINTER, POINTER, POINTER),
                volume,
                MemorySegment.NULL,
                text(path));
    }

    private void close(MemorySegment inode) {
        check("ntfs_inode_close", number("ntfs_inode_close", of(INT, POINTER), inode) == 0);
    }

    private static String folderOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private MemorySegment text(String text) {
        return arena.allocateFrom(text);
    }

    private MemorySegment utf16(String text) {
        return arena.allocateFrom(text, StandardCharsets.UTF_16LE);
    }

    private static FunctionDescriptor of(MemoryLayout result, MemoryLayout... arguments) {
        return FunctionDescriptor.of(result, arguments);
    }

    private MemorySegment pointer(String function, FunctionDescriptor type, Object... arguments) {
        MemorySegment result = (MemorySegment) call(function, type, arguments);
        check(function, result.address() != 0);
        return result;
    }

    private int number(String function, FunctionDescriptor type, Object... arguments) {
        return (int) call(function, type, arguments);
    }

    private Object call(String function, FunctionDescriptor type, Object... arguments) {
        MethodHandle handle =
                Linker.nativeLinker().downcallHandle(library.findOrThrow(function), type);
        try {
            return Objects.requireNonNullElse(handle.invokeWithArguments(arguments), "");
        } catch (Throwable e) {
            return fail(function, e);
        }
    }

    private static void check(String function, boolean good) {
        if (!good) {
            fail(function + " failed");
        }
    }
}
