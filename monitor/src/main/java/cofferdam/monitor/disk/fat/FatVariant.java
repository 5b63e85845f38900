package cofferdam.monitor.disk.fat;

/** The three forms of FAT, which differ in how wide the entries of the allocation table are. */
public enum FatVariant {
    FAT12(12, 0xfff),
    FAT16(16, 0xffff),
    FAT32(32, 0x0fffffff);

    /** The fewest clusters of FAT16; with fewer it is FAT12. */
    private static final int FAT16_FROM = 4085;

    /** The fewest clusters of FAT32. */
    static final int FAT32_FROM = 65525;

    /** The value of an entry of a free cluster. */
    static final int FREE = 0;

    private final int bits;
    private final int mask;

    FatVariant(int bits, int mask) {
        this.bits = bits;
        this.mask = mask;
    }

    /** The variant of so many clusters: nothing else decides (FATGEN, "FAT Type Determination"). */
    static FatVariant of(long clusters) {
        if (clusters < FAT16_FROM) {
            return FAT12;
        }
        return clusters < FAT32_FROM ? FAT16 : FAT32;
    }

    /** The size of an entry in bits. */
    int bits() {
        return bits;
    }

    /** Which bits of an entry count: the upper four of FAT32 are reserved. */
    int mask() {
        return mask;
    }

    /** The value of an entry of a cluster that the disk cannot hold. */
    int bad() {
        return mask - 8;
    }

    boolean endsChain(int value) {
        return value >= mask - 7;
    }
}
