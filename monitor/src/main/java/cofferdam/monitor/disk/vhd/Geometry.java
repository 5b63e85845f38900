package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.BlockDevice;

/** Cylinders, heads and sectors per track, as the footer has them: two bytes, one and one. */
record Geometry(int cylinders, int heads, int sectors) {

    private static final int MOST_CYLINDERS = 65535;
    private static final int MOST_HEADS = 16;
    private static final int MOST_SECTORS = 255;

    /**
     * The geometry for a disk of so many bytes, by the algorithm of the specification's appendix
     * "CHS Calculation": the largest that does not exceed the disk, roughly.
     */
    static Geometry of(long size) {
        long total = Math.min(
                size / BlockDevice.SECTOR, (long) MOST_CYLINDERS * MOST_HEADS * MOST_SECTORS);
        if (total >= (long) MOST_CYLINDERS * MOST_HEADS * 63) {
            return with(total, MOST_HEADS, MOST_SECTORS);
        }
        long tracks = total / 17;
        long heads = Math.max(4, (tracks + 1023) / 1024);
        if (tracks < heads * 1024 && heads <= MOST_HEADS) {
            return with(total, (int) heads, 17);
        }
        if (total / 31 < MOST_HEADS * 1024) {
            return with(total, MOST_HEADS, 31);
        }
        return with(total, MOST_HEADS, 63);
    }

    private static Geometry with(long total, int heads, int sectors) {
        return new Geometry((int) (total / sectors / heads), heads, sectors);
    }

    /** In bytes. */
    long size() {
        return cylinders * cylinderSize();
    }

    /** In bytes. */
    long cylinderSize() {
        return (long) heads * sectors * BlockDevice.SECTOR;
    }

    /** Whether it is the largest there is, which says nothing but that the disk is larger. */
    boolean isLargest() {
        return cylinders == MOST_CYLINDERS && heads >= MOST_HEADS && sectors == MOST_SECTORS;
    }
}
