package cofferdam.monitor.disk.ntfs;

import static org.assertj.core.api.Assertions.fail;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.MalformedImageException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Volumes changed at random or cut off anywhere: nothing but an IOException comes of it. */
@Timeout(600)
class NtfsMutationTest {

    private static final long SEED = 20_261_122;
    private static final int ROUNDS = System.getProperty("cofferdam.sweep") == null ? 500 : 20_000;
    private static final int MAX_READ = 1 << 16;

    private final Random random = new Random(SEED);

    @Test
    void randomChangesRaiseNothingUnchecked() throws Exception {
        byte[] good = varied().volume();
        for (int round = 0; round < ROUNDS; round++) {
            HandMade made = new HandMade(good.clone());
            for (int change = random.nextInt(1, 20); change > 0; change--) {
                mutate(made);
            }
            read(made.volume(), "seed %d, round %d".formatted(SEED, round));
        }
    }

    @Test
    void truncationAnywhereRaisesNothingUnchecked() throws Exception {
        byte[] good = varied().volume();
        int step = ROUNDS > 500 ? 512 : good.length / 150;
        for (int size = 0; size < good.length; size += step) {
            read(Arrays.copyOf(good, size), "cut off at %d".formatted(size));
        }
    }

    /** A volume with something of everything. */
    private static HandMade varied() throws Exception {
        HandMade made = HandMade.create();
        int lcn = made.free(60);
        byte[] packed = Lznt1Test.compress(NtfsImage.ascii("ab".repeat(4000)));
        System.arraycopy(packed, 0, made.volume(), (lcn + 20) * 512, packed.length);
        int[] unit = HandMade.runs(HandMade.run(4, lcn + 20), new int[] {1, 12});
        int[] pieces = HandMade.runs(
                HandMade.run(2, lcn), HandMade.run(3, 4), new int[] {1, 5}, HandMade.run(2, 5));
        made.folder(110, 5, "x")
                .folder(111, 110, "y")
                .file(112, 111, "pieces", HandMade.mapped(0x80, 5000, pieces))
                .file(113, 111, "packed", HandMade.piece(0x80, 1, 0, 8000, 8000, unit))
                .file(
                        114,
                        110,
                        "spread",
                        HandMade.list(
                                new long[] {0x80, 0, HandMade.reference(114, 1)},
                                new long[] {0x80, 3, HandMade.reference(115, 1)}),
                        HandMade.mapped(0x80, 3000, HandMade.run(3, lcn + 30)))
                .put(
                        115,
                        1,
                        HandMade.reference(114, 1),
                        HandMade.piece(0x80, 0, 3, 0, 0, HandMade.run(3, lcn + 40)))
                .file(116, 111, "gone", HandMade.mapped(0x80, 900, HandMade.run(2, lcn + 50)))
                .edit(116, record -> record.putShort(0x16, (short) 0));
        return made;
    }

    private void mutate(HandMade made) {
        long mft = made.all().getLong(0x30);
        if (mft < 0 || mft > 100) {
            return;
        }
        byte[] volume = made.volume();
        int record = random.nextInt(6) == 0
                ? random.nextInt(12)
                : random.nextInt(HandMade.FOLDER, HandMade.FIRST + 60);
        switch (random.nextInt(6)) {
            case 0 -> volume[random.nextInt(0x50)] = octet();
            case 1 -> volume[made.offset(record) + random.nextInt(1024)] = octet();
            case 2 -> volume[random.nextInt(volume.length)] = octet();
            // Changes that keep the fixups good reach what lies behind their check.
            case 3 -> safely(made, record, random.nextInt(0x38), octet());
            default -> safely(made, record, 0x38 + random.nextInt(0x120), octet());
        }
    }

    private static void safely(HandMade made, int record, int at, byte value) {
        int array = made.all().getShort(made.offset(record) + 4);
        if (array >= 0 && array < 1000) {
            made.edit(record, bytes -> bytes.put(at, value));
        }
    }

    private byte octet() {
        return switch (random.nextInt(4)) {
            case 0 -> (byte) 0xff;
            case 1 -> 0;
            case 2 -> (byte) (1 << random.nextInt(8));
            default -> (byte) random.nextInt();
        };
    }

    private static void read(byte[] volume, String where) {
        try {
            ByteSource source = ByteSource.of(volume);
            NtfsFileSystem.recognises(source);
            NtfsFileSystem fileSystem = NtfsFileSystem.open(source);
            List<FileExtent> extents = new ArrayList<>();
            fileSystem.walk(extents::add);
            for (FileExtent extent : extents) {
                if (extent.offset() < 0
                        || extent.length() <= 0
                        || extent.fileOffset() < 0
                        || extent.offset() + extent.length() > fileSystem.size()) {
                    fail("%s: %s of %d".formatted(where, extent, fileSystem.size()));
                }
            }
            readSome(fileSystem, List.of("/x/y/pieces", "/x/y/packed", "/x/spread", "/d/f20"));
        } catch (IOException e) {
            // The volume is refused.
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            fail(where, e);
        }
    }

    private static void readSome(NtfsFileSystem fileSystem, List<String> paths) throws IOException {
        for (String path : paths) {
            try {
                ByteSource file = fileSystem.file(path).orElse(ByteSource.of(new byte[0]));
                file.read(0, (int) Math.min(MAX_READ, file.size()));
            } catch (MalformedImageException e) {
                // This file is refused.
            }
        }
    }
}
