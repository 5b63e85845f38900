package cofferdam.monitor.disk.ext;

/**
 * What kind of file an inode describes. Source: ext4 layout, <i>Index Nodes</i> ({@code i_mode}) and
 * <i>Directory Entries</i> ({@code file_type}).
 */
public enum FileKind {
    UNKNOWN(0, 0),
    REGULAR(0x8000, 1),
    DIRECTORY(0x4000, 2),
    CHARACTER_DEVICE(0x2000, 3),
    BLOCK_DEVICE(0x6000, 4),
    PIPE(0x1000, 5),
    SOCKET(0xc000, 6),
    LINK(0xa000, 7);

    private static final int MODE_MASK = 0xf000;

    private final int mode;
    private final int entry;

    FileKind(int mode, int entry) {
        this.mode = mode;
        this.entry = entry;
    }

    /** The kind in a mode. */
    public static FileKind ofMode(int mode) {
        for (FileKind kind : values()) {
            if (kind.mode == (mode & MODE_MASK)) {
                return kind;
            }
        }
        return UNKNOWN;
    }

    /** Its bits in a mode. */
    public int mode() {
        return mode;
    }

    /** Its number in a directory entry. */
    public int entry() {
        return entry;
    }

    /** Whether a file of this kind has blocks. */
    public boolean hasContent() {
        return this == REGULAR || this == DIRECTORY || this == LINK;
    }
}
