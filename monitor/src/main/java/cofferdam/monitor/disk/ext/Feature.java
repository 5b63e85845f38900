package cofferdam.monitor.disk.ext;

/**
 * A feature flag of the superblock. Source: ext4 layout, <i>The Super Block</i>, the tables of
 * {@code s_feature_compat}, {@code s_feature_incompat} and {@code s_feature_ro_compat}.
 */
public enum Feature {
    HAS_JOURNAL(Word.COMPATIBLE, 0x4),
    RESIZE_INODE(Word.COMPATIBLE, 0x10),
    SPARSE_SUPER2(Word.COMPATIBLE, 0x200),
    ORPHAN_FILE(Word.COMPATIBLE, 0x1000),
    FILETYPE(Word.INCOMPATIBLE, 0x2),
    RECOVER(Word.INCOMPATIBLE, 0x4),
    JOURNAL_DEVICE(Word.INCOMPATIBLE, 0x8),
    META_BG(Word.INCOMPATIBLE, 0x10),
    EXTENTS(Word.INCOMPATIBLE, 0x40),
    BITS_64(Word.INCOMPATIBLE, 0x80),
    MULTIPLE_MOUNT_PROTECTION(Word.INCOMPATIBLE, 0x100),
    FLEX_BG(Word.INCOMPATIBLE, 0x200),
    EA_INODE(Word.INCOMPATIBLE, 0x400),
    CHECKSUM_SEED(Word.INCOMPATIBLE, 0x2000),
    LARGE_DIRECTORY(Word.INCOMPATIBLE, 0x4000),
    INLINE_DATA(Word.INCOMPATIBLE, 0x8000),
    ENCRYPT(Word.INCOMPATIBLE, 0x10000),
    CASEFOLD(Word.INCOMPATIBLE, 0x20000),
    SPARSE_SUPER(Word.READ_ONLY_COMPATIBLE, 0x1),
    LARGE_FILE(Word.READ_ONLY_COMPATIBLE, 0x2),
    BTREE_DIRECTORY(Word.READ_ONLY_COMPATIBLE, 0x4),
    HUGE_FILE(Word.READ_ONLY_COMPATIBLE, 0x8),
    DESCRIPTOR_CHECKSUM(Word.READ_ONLY_COMPATIBLE, 0x10),
    DIR_NLINK(Word.READ_ONLY_COMPATIBLE, 0x20),
    EXTRA_ISIZE(Word.READ_ONLY_COMPATIBLE, 0x40),
    BIGALLOC(Word.READ_ONLY_COMPATIBLE, 0x200),
    METADATA_CHECKSUM(Word.READ_ONLY_COMPATIBLE, 0x400);

    /** Which of the superblock's three words a flag is in. */
    public enum Word {
        /** Whoever does not know it may read and write. */
        COMPATIBLE(92),
        /** Whoever does not know it must not even read. */
        INCOMPATIBLE(96),
        /** Whoever does not know it may read, not write. */
        READ_ONLY_COMPATIBLE(100);

        private final int offset;

        Word(int offset) {
            this.offset = offset;
        }

        /** Where the word is in the superblock, in bytes. */
        public int offset() {
            return offset;
        }
    }

    private final Word word;
    private final int bit;

    Feature(Word word, int bit) {
        this.word = word;
        this.bit = bit;
    }

    /** The word it is in. */
    public Word word() {
        return word;
    }

    /** The flag in its word. */
    public int bit() {
        return bit;
    }

    /** The flags of these features that are in the word. */
    public static int bits(Word word, Iterable<Feature> features) {
        int bits = 0;
        for (Feature feature : features) {
            if (feature.word == word) {
                bits |= feature.bit;
            }
        }
        return bits;
    }
}
