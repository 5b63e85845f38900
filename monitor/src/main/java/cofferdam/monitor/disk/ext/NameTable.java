package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.FileNames;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first found name of each inode and the directory that has it, in about 28 bytes and the name's
 * own. Once it is full, further names are not remembered.
 */
final class NameTable {

    /** Room for the names of files that exist. */
    static final int MOST_NAMES = 1 << 20;

    /** How many bytes of names there is room for, for each name. */
    private static final int BYTES_PER_NAME = 16;

    private static final int DEEPEST = 128;
    private static final int LONGEST_PATH = 4096;
    private static final int CACHED_PATHS = 1024;
    private static final String ROOT = "";

    private int[] slots = new int[1 << 10];
    private int[] inodes = new int[1 << 8];
    private int[] parents = new int[1 << 8];
    private int[] starts = new int[1 << 8];
    private byte[] bytes = new byte[1 << 12];
    private final int mostNames;
    private int count;
    private int used;
    private boolean full;

    private final Map<Long, String> paths = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > CACHED_PATHS;
        }
    };

    /** @param mostNames the most names, each of 16 bytes in the mean */
    NameTable(int mostNames) {
        this.mostNames = mostNames;
    }

    /** Whether names could not be remembered. */
    boolean isFull() {
        return full;
    }

    boolean contains(long inode) {
        return slots[slot(inode)] != 0;
    }

    /** Gives an inode a name if it has none; whether it had none. */
    boolean add(long inode, long parent, byte[] name) {
        int slot = slot(inode);
        if (slots[slot] != 0) {
            return false;
        }
        if (count == mostNames || used > mostNames * BYTES_PER_NAME - name.length - 1) {
            full = true;
            return true;
        }
        if (2 * (count + 1) > slots.length) {
            grow();
            slot = slot(inode);
        }
        append(inode, parent, name);
        slots[slot] = count;
        return true;
    }

    private void append(long inode, long parent, byte[] name) {
        if (count == inodes.length) {
            inodes = Arrays.copyOf(inodes, 2 * count);
            parents = Arrays.copyOf(parents, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
        }
        if (used + name.length + 1 > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        inodes[count] = (int) inode;
        parents[count] = (int) parent;
        starts[count] = used;
        bytes[used++] = (byte) name.length;
        System.arraycopy(name, 0, bytes, used, name.length);
        used += name.length;
        count++;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int index = 0; index < count; index++) {
            slots[slot(Integer.toUnsignedLong(inodes[index]))] = index + 1;
        }
    }

    /** Where the inode's index, counted from 1, is or would be. */
    private int slot(long inode) {
        int mask = slots.length - 1;
        int slot = (((int) inode * 0x9e3779b1) >>> 7) & mask;
        while (slots[slot] != 0 && inodes[slots[slot] - 1] != (int) inode) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** The directory that names the inode; 0 where none does. */
    long parent(long inode) {
        int index = slots[slot(inode)];
        return index == 0 ? 0 : Integer.toUnsignedLong(parents[index - 1]);
    }

    private String name(long inode) {
        int start = starts[slots[slot(inode)] - 1];
        int length = bytes[start] & 0xff;
        return FileNames.of(Arrays.copyOfRange(bytes, start + 1, start + 1 + length));
    }

    /** The path of an inode; it begins with {@code inode:N} where no way leads to the root. */
    String path(long inode) {
        if (inode == Superblock.ROOT) {
            return "/";
        }
        return contains(inode) ? directory(parent(inode), 0) + "/" + name(inode) : orphan(inode);
    }

    /** The path of a name that a directory of another table has. */
    String pathIn(NameTable directories, long inode) {
        return contains(inode)
                ? directories.directory(parent(inode), 0) + "/" + name(inode)
                : orphan(inode);
    }

    private static String orphan(long inode) {
        return "inode:" + inode;
    }

    private String directory(long inode, int depth) {
        if (inode == Superblock.ROOT) {
            return ROOT;
        }
        String known = paths.get(inode);
        if (known != null) {
            return known;
        }
        if (depth > DEEPEST || !contains(inode)) {
            return orphan(inode);
        }
        String path = directory(parent(inode), depth + 1) + "/" + name(inode);
        if (path.length() > LONGEST_PATH) {
            path = orphan(inode);
        }
        paths.put(inode, path);
        return path;
    }

    /** Whether going up from a directory never comes to the root, nor to an unnamed one. */
    boolean isLoop(long inode) {
        long at = inode;
        for (int depth = 0; depth <= DEEPEST; depth++) {
            if (at == Superblock.ROOT || at == 0) {
                return false;
            }
            at = parent(at);
        }
        return true;
    }
}
