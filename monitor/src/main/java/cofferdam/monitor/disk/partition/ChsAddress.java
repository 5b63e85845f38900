package cofferdam.monitor.disk.partition;

import java.nio.ByteBuffer;

/**
 * Where a sector is in the geometry that BIOSes assume of large disks: 255 heads and 63 sectors a track.
 * Only programs of old look at it.
 *
 * @param sector from 1
 */
record ChsAddress(int cylinder, int head, int sector) {

    private static final int HEADS = 255;
    private static final int SECTORS = 63;
    private static final int CYLINDERS = 1024;

    /** The highest address, which stands for every sector that is too far for this geometry. */
    private static final ChsAddress FARTHEST = new ChsAddress(1023, 254, 63);

    static ChsAddress of(long number) {
        long cylinder = number / (HEADS * SECTORS);
        if (cylinder >= CYLINDERS) {
            return FARTHEST;
        }
        int rest = (int) (number % (HEADS * SECTORS));
        return new ChsAddress((int) cylinder, rest / SECTORS, rest % SECTORS + 1);
    }

    /** Three bytes: head, then the sector's 6 bits under the cylinder's upper 2, then its lower 8. */
    void write(ByteBuffer into, int at) {
        into.put(at, (byte) head);
        into.put(at + 1, (byte) (sector | (cylinder >> 2 & 0xc0)));
        into.put(at + 2, (byte) cylinder);
    }
}
