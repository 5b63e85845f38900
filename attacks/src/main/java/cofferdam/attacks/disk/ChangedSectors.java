package cofferdam.attacks.disk;

import java.io.IOException;
import java.util.Arrays;

/**
 * Where two copies of an image differ, in sectors of 512 bytes. Among what a guest wrote in one go,
 * a file system's own structures mostly come first and the new file's data last.
 */
final class ChangedSectors {

    private static final int SECTOR = 512;

    private ChangedSectors() {}

    /** The number of the first sector that differs. */
    static int first(byte[] before, byte[] now) throws IOException {
        for (int sector = 0; sector < now.length / SECTOR; sector++) {
            if (differs(before, now, sector)) {
                return sector;
            }
        }
        throw unchanged();
    }

    /** The number of the last sector that differs. */
    static int last(byte[] before, byte[] now) throws IOException {
        for (int sector = now.length / SECTOR - 1; sector >= 0; sector--) {
            if (differs(before, now, sector)) {
                return sector;
            }
        }
        throw unchanged();
    }

    private static boolean differs(byte[] before, byte[] now, int sector) {
        int start = sector * SECTOR;
        int end = start + SECTOR;
        return end > before.length || !Arrays.equals(before, start, end, now, start, end);
    }

    private static IOException unchanged() {
        return new IOException("the image is as it was when it was copied");
    }
}
