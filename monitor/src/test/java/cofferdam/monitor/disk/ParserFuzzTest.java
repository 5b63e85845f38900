package cofferdam.monitor.disk;

import cofferdam.monitor.disk.bitlocker.BitLockerVolume;
import cofferdam.monitor.disk.ext.ExtFileSystem;
import cofferdam.monitor.disk.ext.write.ExtVolume;
import cofferdam.monitor.disk.ext.write.FormatOptions;
import cofferdam.monitor.disk.fat.FatFileSystem;
import cofferdam.monitor.disk.luks.Luks2Options;
import cofferdam.monitor.disk.luks.LuksVolume;
import cofferdam.monitor.disk.ntfs.NtfsFileSystem;
import cofferdam.monitor.disk.partition.GptWriter;
import cofferdam.monitor.disk.partition.PartitionTable;
import cofferdam.monitor.disk.qcow2.Qcow2Disk;
import cofferdam.monitor.disk.qcow2.Qcow2Image;
import cofferdam.monitor.disk.qcow2.Qcow2Options;
import cofferdam.monitor.disk.raw.RawDisk;
import cofferdam.monitor.disk.signature.ImageSignature;
import cofferdam.monitor.disk.swap.SwapArea;
import cofferdam.monitor.disk.vhd.VhdDisk;
import cofferdam.monitor.disk.vhd.VhdImage;
import cofferdam.monitor.disk.vmdk.VmdkDisk;
import cofferdam.monitor.disk.vmdk.VmdkImage;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.api.Tag;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Every parser on bytes that Jazzer makes up: nothing but an {@link IOException} may come out. Run
 * one of them by {@code JAZZER_FUZZ=1 mvn -Pfuzz -Dquick test -pl monitor
 * -Dtest='ParserFuzzTest#qcow2'}.
 */
@Tag("fuzz")
final class ParserFuzzTest {

    private static final String LIMIT = "60s";
    private static final long SIZE = 1 << 20;
    private static final UUID ID = new UUID(1, 2);

    /** What a parser does with an input. */
    @FunctionalInterface
    private interface Parser {
        void parse(ByteSource bytes) throws IOException;
    }

    @FuzzTest(maxDuration = LIMIT)
    void signatures(byte[] input) {
        parse(input, ImageSignature::allOf);
    }

    @FuzzTest(maxDuration = LIMIT)
    void qcow2(byte[] input) {
        parse(input, bytes -> walk(Qcow2Image.open(bytes, Opener.NOTHING)));
        parsePatched(
                file -> Qcow2Disk.create(file, SIZE, Qcow2Options.DEFAULT).write(0, new byte[9]),
                input,
                bytes -> walk(Qcow2Image.open(bytes, Opener.NOTHING)));
    }

    @FuzzTest(maxDuration = LIMIT)
    void vmdk(byte[] input) {
        parse(input, bytes -> walk(VmdkImage.open(bytes, Opener.NOTHING)));
        parsePatched(
                file -> VmdkDisk.create(file, SIZE, 1, "disk.vmdk").write(0, new byte[9]),
                input,
                bytes -> walk(VmdkImage.open(bytes, Opener.NOTHING)));
    }

    @FuzzTest(maxDuration = LIMIT)
    void vhd(byte[] input) {
        parse(input, bytes -> walk(VhdImage.open(bytes)));
        parsePatched(
                file -> VhdDisk.createDynamic(file, SIZE, 0, ID).write(0, new byte[9]),
                input,
                bytes -> walk(VhdImage.open(bytes)));
    }

    @FuzzTest(maxDuration = LIMIT)
    void partitions(byte[] input) {
        parse(input, PartitionTable::read);
        parsePatched(
                file -> GptWriter.write(
                        RawDisk.create(file, SIZE), List.of(), new SplittableRandom(1)),
                input,
                PartitionTable::read);
    }

    @FuzzTest(maxDuration = LIMIT)
    void ext(byte[] input) {
        parsePatched(
                file -> {
                    BlockDevice disk = RawDisk.create(file, SIZE);
                    ExtVolume.format(disk, FormatOptions.ext4(ID, ID, 0));
                    ExtVolume.open(disk, () -> 0).write("/file", new byte[9000]);
                },
                input,
                bytes -> walk(ExtFileSystem.open(bytes)));
    }

    @FuzzTest(maxDuration = LIMIT)
    void fat(byte[] input) {
        parse(input, bytes -> walk(FatFileSystem.open(bytes)));
    }

    @FuzzTest(maxDuration = LIMIT)
    void ntfs(byte[] input) {
        parse(input, bytes -> walk(NtfsFileSystem.open(bytes)));
    }

    @FuzzTest(maxDuration = LIMIT)
    void swap(byte[] input) {
        parse(input, SwapArea::read);
    }

    @FuzzTest(maxDuration = LIMIT)
    void luks(byte[] input) {
        parse(input, LuksVolume::open);
        parsePatched(
                file -> LuksVolume.format(
                        RawDisk.create(file, 2 * SIZE),
                        new byte[8],
                        new SplittableRandom(1),
                        Luks2Options.quick(1000)),
                input,
                LuksVolume::open);
    }

    @FuzzTest(maxDuration = LIMIT)
    void bitLocker(byte[] input) {
        parse(input, BitLockerVolume::open);
    }

    private static void parse(byte[] input, Parser parser) {
        try {
            parser.parse(ByteSource.of(input));
        } catch (IOException refused) {
            // What a damaged image is answered with.
        }
    }

    /** Makes a valid image. */
    @FunctionalInterface
    private interface Maker {
        void make(ImageFile file) throws IOException;
    }

    /**
     * A valid image, changed where the input says: three bytes of offset, one of length, and the new
     * bytes, again and again.
     */
    private static void parsePatched(Maker maker, byte[] input, Parser parser) {
        MemoryFile file = new MemoryFile();
        try {
            maker.make(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] image = file.toByteArray();
        for (int at = 0; at + 4 < input.length; ) {
            int offset = ((input[at] & 0xff) << 16
                            | (input[at + 1] & 0xff) << 8
                            | (input[at + 2] & 0xff))
                    % image.length;
            int length = Math.min(input[at + 3] & 0xff, input.length - at - 4);
            length = Math.min(length, image.length - offset);
            System.arraycopy(input, at + 4, image, offset, length);
            at += 4 + length;
        }
        parse(image, parser);
    }

    private static void walk(DiskImage image) throws IOException {
        image.walk(extent -> {});
    }

    private static void walk(FileSystem fileSystem) throws IOException {
        fileSystem.walk(extent -> {});
    }
}
