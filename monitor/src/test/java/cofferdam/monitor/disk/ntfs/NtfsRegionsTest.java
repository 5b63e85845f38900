package cofferdam.monitor.disk.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.Region;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.BitSet;

/** What regions the bytes of a volume are told as. */
class NtfsRegionsTest {

    private static final int CLUSTER = HandMade.CLUSTER;

    @Test
    void everyClusterInUseIsToldOnce() throws Exception {
        HandMade made = HandMade.create();
        BitSet told = new BitSet();
        for (FileExtent extent : made.walk().extents()) {
            if (extent.offset() % CLUSTER == 0) {
                int from = (int) (extent.offset() / CLUSTER);
                told.set(from, from + (int) ((extent.length() + CLUSTER - 1) / CLUSTER));
            }
        }
        ByteSource bitmap = made.open().file("/$Bitmap").orElseThrow();
        BitSet used = BitSet.valueOf(bitmap.read(0, (int) bitmap.size()));

        used.clear(made.volume().length / CLUSTER - 1, used.length());
        told.clear(made.volume().length / CLUSTER - 1, told.length());
        assertThat(told).isEqualTo(used);
    }

    @Test
    void whatTheUpdateSequenceDisplacesIsToldWhereItLies() throws Exception {
        HandMade made = HandMade.create();
        byte[] content = NtfsImage.ascii("0123456789".repeat(60));
        made.file(110, 5, "inside", HandMade.resident(0x80, content));

        byte[] told = new byte[content.length];
        for (FileExtent extent : made.walk().extents()) {
            if (extent.path().equals("/inside")) {
                System.arraycopy(
                        made.volume(), (int) extent.offset(), told, (int) extent.fileOffset(), (int)
                                extent.length());
            }
        }
        assertThat(told).isEqualTo(content);
    }

    @Test
    void whatIsBehindTheEndOfAFileIsSlack() throws Exception {
        HandMade made = HandMade.create();
        int lcn = made.free(3);
        made.file(110, 5, "tail", HandMade.mapped(0x80, 1100, HandMade.run(3, lcn)));

        assertThat(made.walk().extents())
                .contains(
                        new FileExtent(Region.ALLOCATED, "/tail", at(lcn), 1100, 0),
                        new FileExtent(Region.SLACK, "/tail", at(lcn) + 1100, 436, 1100));
    }

    @Test
    void whatWasNeverInitializedIsSlackAndReadsAsZeros() throws Exception {
        HandMade made = HandMade.create();
        int lcn = made.free(4);
        made.volume()[(int) at(lcn) + 700] = 1;
        made.volume()[(int) at(lcn) + 699] = 1;
        made.file(110, 5, "t", HandMade.piece(0x80, 0, 0, 1800, 700, HandMade.run(4, lcn)));

        assertThat(made.walk().extents())
                .contains(
                        new FileExtent(Region.ALLOCATED, "/t", at(lcn), 700, 0),
                        new FileExtent(Region.SLACK, "/t", at(lcn) + 700, 2048 - 700, 700));
        byte[] content = made.open().file("/t").orElseThrow().read(0, 1800);
        assertThat(content[699]).isOne();
        assertThat(content[700]).isZero();
    }

    @Test
    void swapFilesOfTheRootAreSwapToTheirEnd() throws Exception {
        HandMade made = HandMade.create();
        int lcn = made.free(4);
        made.file(110, 5, "PageFile.sys", HandMade.mapped(0x80, 700, HandMade.run(2, lcn)))
                .file(
                        111,
                        HandMade.FOLDER,
                        "hiberfil.sys",
                        HandMade.mapped(0x80, 1024, HandMade.run(2, lcn + 2)));

        assertThat(made.walk().extents())
                .contains(
                        new FileExtent(Region.SWAP, "/PageFile.sys", at(lcn), 1024, 0),
                        new FileExtent(Region.ALLOCATED, "/d/hiberfil.sys", at(lcn + 2), 1024, 0));
    }

    @Test
    void ofADeletedFileOnlyFreeClustersAreTold() throws Exception {
        HandMade made = HandMade.create();
        int lcn = made.free(6);
        made.file(110, 5, "gone", HandMade.mapped(0x80, 3000, HandMade.run(6, lcn)))
                .edit(110, record -> record.putShort(0x16, (short) 0))
                .use(lcn + 2, 1);

        assertThat(made.walk().of(Region.UNALLOCATED, "/gone"))
                .containsExactly(
                        new FileExtent(Region.UNALLOCATED, "/gone", at(lcn), 1024, 0),
                        new FileExtent(Region.UNALLOCATED, "/gone", at(lcn + 3), 1536, 1536));
        assertThat(made.open().file("/gone")).isEmpty();
    }

    @Test
    void aFileWhoseFolderIsGoneIsAnOrphan() throws Exception {
        HandMade made = HandMade.create();
        made.put(
                        110,
                        1,
                        0,
                        HandMade.name(HandMade.reference(500, 1), "lost"),
                        HandMade.resident(0x80, NtfsImage.ascii("content")))
                .put(
                        111,
                        1,
                        0,
                        HandMade.name(HandMade.reference(HandMade.FOLDER, 77), "stale"),
                        HandMade.resident(0x80, NtfsImage.ascii("content")))
                .put(112, 1, 0, HandMade.resident(0x80, NtfsImage.ascii("content")));

        assertThat(made.walk().paths())
                .contains("/$OrphanFiles/lost", "/$OrphanFiles/stale", "mft:112");
    }

    @Test
    void anEncryptedFileIsFlaggedAndToldAsItLies() throws Exception {
        HandMade made = HandMade.create();
        int lcn = made.free(2);
        made.file(110, 5, "efs", HandMade.piece(0x80, 0x4000, 0, 1024, 1024, HandMade.run(2, lcn)));

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.kinds()).containsExactly(NtfsProblem.ENCRYPTED);
        assertThat(walked.extents())
                .contains(new FileExtent(Region.ALLOCATED, "/efs", at(lcn), 1024, 0));
    }

    @Test
    void aRecordInTwoPiecesIsReadAndItsResidentContentToldInPieces() throws Exception {
        HandMade made = HandMade.create();
        int moved = made.free(1);
        int half = 2 * HandMade.FIRST + 1;
        byte[] content = NtfsImage.noise("TWO-PIECES", 600);
        made.file(HandMade.FIRST, HandMade.FOLDER, "f00", HandMade.resident(0x80, content));
        int from = made.offset(HandMade.FIRST) + CLUSTER;
        System.arraycopy(made.volume(), from, made.volume(), (int) at(moved), CLUSTER);
        Arrays.fill(made.volume(), from, from + CLUSTER, (byte) 0);
        int start = made.offset(0) / CLUSTER;
        int rest = 2 * (HandMade.SPARES + HandMade.SPARE);
        int[] runs = HandMade.runs(
                HandMade.run(half, start),
                HandMade.run(1, moved - start),
                HandMade.run(rest - half - 1, start + half + 1 - moved));
        made.use(moved, 1).file(0, 5, "$MFT", HandMade.mapped(0x80, (long) rest * CLUSTER, runs));

        assertThat(made.open().file("/d/f00").orElseThrow().read(0, 600)).isEqualTo(content);
        NtfsImage.Walked walked = made.walk();
        // The two bytes that the update sequence number displaced lie between its two pieces.
        assertThat(walked.of(Region.ALLOCATED, "/d/f00")).hasSize(3).last().satisfies(extent -> {
            assertThat(extent.offset()).isEqualTo(at(moved));
            assertThat(extent.fileOffset() + extent.length()).isEqualTo(600);
        });
    }

    private static long at(int lcn) {
        return (long) lcn * CLUSTER;
    }
}
