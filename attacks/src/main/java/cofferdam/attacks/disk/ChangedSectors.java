package cofferdam.attacks.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where two copies of an image differ, in sectors of 512 bytes. Among what a guest wrote in one go,
 * a file system's own structures come first and the new file's data last.
 */
final class ChangedSectors {

    private static final int SECTOR = 512;

    private ChangedSectors() {}

    /** The first run of neighbouring sectors that differ. */
    static List<Integer> first(byte[] before, byte[] now) throws IOException {
        List<Integer> changed = all(before, now);
        int end = 1;
        while (end < changed.size() && changed.get(end) == changed.get(end - 1) + 1) {
            end++;
        }
        return changed.subList(0, end);
    }

    /** The last run of neighbouring sectors that differ. */
    static List<Integer> last(byte[] before, byte[] now) throws IOException {
        List<Integer> changed = all(before, now);
        int start = changed.size() - 1;
        while (start > 0 && changed.get(start - 1) == changed.get(start) - 1) {
            start--;
        }
        return changed.subList(start, changed.size());
    }

    private static List<Integer> all(byte[] before, byte[] now) throws IOException {
        List<Integer> changed = new ArrayList<>();
        for (int start = 0; start + SECTOR <= now.length; start += SECTOR) {
            int end = start + SECTOR;
            if (end > before.length || !Arrays.equals(before, start, end, now, start, end)) {
                changed.add(start / SECTOR);
            }
        }
        if (changed.isEmpty()) {
            throw new IOException("the image is as it was when it was copied");
        }
        return changed;
    }
}
