package cofferdam.monitor.disk;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.Extent.Kind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Holds what an image tells of its bytes against what its first view reads. */
public final class Accounting {

    private static final int PIECE = 70_001;

    private Accounting() {}

    /** What walking the image tells, in order. */
    public static List<Extent> extents(DiskImage image) throws IOException {
        List<Extent> extents = new ArrayList<>();
        image.walk(extents::add);
        return extents;
    }

    /**
     * Fails unless the extents are in guest order, joined, apart from each other in their files, hold
     * the view's bytes, and leave nothing but zeros to what no extent tells.
     */
    public static void assertComplete(DiskImage image) throws IOException {
        List<Extent> extents = extents(image);
        assertApart(extents);
        byte[] disk = new byte[Math.toIntExact(image.virtualSize())];
        long end = -1;
        for (Extent extent : extents) {
            if (extent.kind() == Kind.METADATA) {
                continue;
            }
            assertThat(extent.guestOffset())
                    .as("guest order of %s", extent)
                    .isGreaterThanOrEqualTo(end);
            end = extent.guestOffset() + extent.guestLength();
            byte[] bytes = extent.kind() == Kind.COMPRESSED
                    ? image.decode(extent)
                    : image.files().get(extent.file()).read(extent.fileOffset(), (int)
                            extent.fileLength());
            System.arraycopy(bytes, 0, disk, (int) extent.guestOffset(), bytes.length);
        }
        ByteSource view = image.views().getFirst().content();
        assertThat(disk).isEqualTo(view.read(0, disk.length));
        assertReadsInPieces(view, disk);
    }

    /** Reads that neither begin nor end where tables have their units. */
    private static void assertReadsInPieces(ByteSource view, byte[] disk) throws IOException {
        for (int at = 0; at < disk.length; at += PIECE) {
            int end = Math.min(at + PIECE, disk.length);
            assertThat(view.read(at, end - at))
                    .as("bytes at %d", at)
                    .isEqualTo(Arrays.copyOfRange(disk, at, end));
        }
    }

    private static void assertApart(List<Extent> extents) {
        List<Extent> inFiles = new ArrayList<>(extents);
        inFiles.sort(Comparator.comparingInt(Extent::file).thenComparingLong(Extent::fileOffset));
        for (int i = 1; i < inFiles.size(); i++) {
            Extent before = inFiles.get(i - 1);
            Extent next = inFiles.get(i);
            if (before.file() == next.file()) {
                assertThat(next.fileOffset())
                        .as("%s after %s", next, before)
                        .isGreaterThanOrEqualTo(before.fileOffset() + before.fileLength());
            }
        }
    }
}
