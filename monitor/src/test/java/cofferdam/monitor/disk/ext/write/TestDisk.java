package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.MemoryFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** A disk in memory, and what to format it with. */
public final class TestDisk implements BlockDevice {

    public static final long SECONDS = 1_069_500_000L;

    private static final UUID ID = UUID.fromString("5d2ee413-931e-4ff6-a5f6-2a11059f6a1a");
    private static final UUID SEED = UUID.fromString("5724c713-063f-40e5-ba6e-36b2b174cc9b");

    private final String name;
    private final MemoryFile file = new MemoryFile();
    private final FormatOptions options;

    public TestDisk(String name, long size, FormatOptions options) throws IOException {
        this.name = name;
        this.options = options;
        file.resize(size);
    }

    public static FormatOptions ext2() {
        return FormatOptions.ext2(ID, SEED, SECONDS);
    }

    public static FormatOptions ext4() {
        return FormatOptions.ext4(ID, SEED, SECONDS);
    }

    static Stream<TestDisk> all() {
        try {
            return Stream.of(
                    new TestDisk("ext2 1M", 1 << 20, ext2()),
                    new TestDisk("ext2 8M+512", (8 << 20) + 512, ext2()),
                    new TestDisk("ext2 4K", 40 << 20, ext2().withBlockSize(4096)),
                    new TestDisk("ext2 small groups", 6 << 20, ext2().withBlocksPerGroup(256)),
                    new TestDisk("ext4 1M", 1 << 20, ext4()),
                    new TestDisk("ext4 20M", 20 << 20, ext4()),
                    new TestDisk(
                            "ext4 1K small groups",
                            16 << 20,
                            ext4().withBlockSize(1024).withBlocksPerGroup(512)),
                    new TestDisk(
                            "ext4 journal",
                            16 << 20,
                            ext4().withBlockSize(2048).withJournal().withLabel("guest")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public void format() throws IOException {
        ExtVolume.format(this, options);
    }

    public ExtVolume open() throws IOException {
        return ExtVolume.open(this, () -> SECONDS + 5);
    }

    /** A length of a file, mostly small, that leaves room for others. */
    int someLength(Random random, long free) {
        int bound = (int) Math.min(3 << 20, Math.max(1, free / 8));
        return random.nextInt(4) == 0
                ? random.nextInt(bound)
                : random.nextInt(Math.min(bound, 9000));
    }

    /** Its image, which {@code e2fsck} finds nothing wrong with. */
    public Path requireClean(Path folder) throws IOException, InterruptedException {
        Path image = folder.resolve("disk.img");
        Files.write(image, file.toByteArray());
        Tool.named("e2fsck").run("-fn", image.toString());
        return image;
    }

    int blockSize() {
        return options.blockSize();
    }

    public byte[] toByteArray() {
        return file.toByteArray();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        file.read(offset, into, start, count);
    }

    @Override
    public void write(long offset, byte[] from, int start, int count) throws IOException {
        requireInside(offset, count);
        file.write(offset, from, start, count);
    }

    @Override
    public void flush() {
        // What is in memory is there.
    }

    @Override
    public String toString() {
        return name;
    }
}
