package cofferdam.monitor.disk.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.ext.write.ExtVolume;
import cofferdam.monitor.disk.ext.write.TestDisk;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** File systems made to hurt their reader. */
class ExtHostileTest {

    private static final Duration GUARD = Duration.ofSeconds(20);
    private static final int INODES = 900;

    /** A file system with a folder that has one large file and many small ones. */
    private static TestDisk disk(boolean extents) throws IOException {
        TestDisk disk = new TestDisk(
                "hostile",
                8 << 20,
                extents ? TestDisk.ext4().withBlockSize(1024) : TestDisk.ext2());
        disk.format();
        ExtVolume volume = disk.open();
        volume.createDirectory("/folder");
        volume.write("/folder/large", new byte[700_000]);
        return disk;
    }

    private static Inode inode(ByteSource source, String path) throws IOException {
        return new PathLookup(source, Superblock.read(source)).find(path).orElseThrow();
    }

    private static long mapOf(ByteSource source, String path) throws IOException {
        return new InodeTable(source, Superblock.read(source))
                        .position(inode(source, path).number())
                + Inode.MAP_AT;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<ProblemKind> walk(ByteSource source) {
        return assertTimeoutPreemptively(
                GUARD,
                () -> ExtFileSystem.open(source).walk(extent -> {}).stream()
                        .map(Problem::kind)
                        .distinct()
                        .toList());
    }

    @Test
    void anExtentTreeOfDepth65535IsNoMap() throws Exception {
        TestDisk disk = disk(true);
        disk.write(mapOf(disk, "/folder/large") + 6, new byte[] {-1, -1});

        assertThat(walk(disk)).contains(ExtProblem.BAD_MAP);
        assertThatThrownBy(() -> ExtFileSystem.open(disk).file("/folder/large"))
                .isInstanceOf(MalformedImageException.class);
    }

    @Test
    void anExtentTreeThatLeadsBackToItselfEnds() throws Exception {
        TestDisk disk = disk(true);
        int block = 5000;
        ByteBuffer node = little(1024);
        for (int at = 0; at < 84; at++) {
            node.putInt(12 + 12 * at + 4, block);
        }
        node.putShort(0, (short) 0xf30a).putShort(2, (short) 84).putShort(4, (short) 84);
        node.putShort(6, (short) 5);
        disk.write(mapOf(disk, "/folder/large"), Arrays.copyOf(node.array(), 60));
        disk.write(mapOf(disk, "/folder/large") + 2, new byte[] {4, 0, 4, 0});
        node.putShort(6, (short) 4);
        disk.write(block * 1024, node.array());

        assertThat(walk(disk)).contains(ExtProblem.BLOCK_TWICE);
    }

    @Test
    void pointersThatLeadBackToTheirOwnBlockEnd() throws Exception {
        TestDisk disk = disk(false);
        int block = 5000;
        ByteBuffer pointers = little(1024);
        while (pointers.hasRemaining()) {
            pointers.putInt(block);
        }
        disk.write(block * 1024, pointers.array());
        disk.write(mapOf(disk, "/folder/large") + 48, Arrays.copyOf(pointers.array(), 12));

        assertThat(walk(disk)).contains(ExtProblem.BLOCK_TWICE);
        assertThatThrownBy(() -> ExtFileSystem.open(disk).file("/folder/large"))
                .isInstanceOf(MalformedImageException.class);
    }

    @Test
    void aMapThatManyFilesShareIsReadOnce() throws Exception {
        TestDisk disk = disk(false);
        byte[] shared = disk.read(mapOf(disk, "/folder/large") - Inode.MAP_AT, 128);
        InodeTable table = new InodeTable(disk, Superblock.read(disk));
        for (int number = 50; number < INODES; number++) {
            disk.write(table.position(number), shared);
        }
        GroupDescriptor first = GroupDescriptor.read(disk, Superblock.read(disk), 0);
        byte[] used = new byte[INODES / 8];
        Arrays.fill(used, (byte) -1);
        disk.write(first.inodeBitmap() * 1024, used);

        assertThat(walk(disk)).contains(ExtProblem.BLOCK_TWICE, ExtProblem.UNREACHABLE);
    }

    @Test
    void anEntryOfLengthZeroEndsItsDirectory() throws Exception {
        TestDisk disk = disk(false);
        long block =
                Integer.toUnsignedLong(ByteBuffer.wrap(inode(disk, "/folder").map())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt());
        disk.write(block * 1024 + 24 + 4, new byte[] {0, 0});

        assertThat(walk(disk)).contains(ExtProblem.BAD_DIRECTORY, ExtProblem.UNREACHABLE);
        assertThat(ExtFileSystem.open(disk).file("/folder/large")).isEmpty();
    }

    @Test
    void directoriesThatContainEachOtherAreALoop() throws Exception {
        TestDisk disk = disk(false);
        ExtVolume volume = disk.open();
        volume.createDirectory("/folder/inner");
        long inner = inode(disk, "/folder/inner").number();
        long block = Integer.toUnsignedLong(
                ByteBuffer.wrap(inode(disk, "/folder/inner").map())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt());
        ByteBuffer entry = little(1000);
        entry.putInt((int) inner)
                .putShort((short) 1000)
                .put((byte) 1)
                .put((byte) 2)
                .put((byte) 'x');
        disk.write(block * 1024 + 16, new byte[] {8 + 4, 0});
        disk.write(block * 1024 + 24, entry.array());

        assertThat(walk(disk)).contains(ExtProblem.DIRECTORY_LOOP);
    }

    @Test
    void truncationAnywhereIsTold() throws Exception {
        byte[] whole = disk(true).toByteArray();

        for (int length = 0; length < whole.length; length += length < 100_000 ? 3989 : 399_989) {
            byte[] cut = Arrays.copyOf(whole, length);
            ByteSource source = ByteSource.of(cut);
            if (!ExtFileSystem.recognises(source)) {
                assertThat(length).isLessThan(2048);
                continue;
            }
            ExtFileSystem opened = ExtFileSystem.open(source);
            assertThat(opened.problems())
                    .extracting(Problem::kind)
                    .contains(ExtProblem.BEYOND_DEVICE);
            List<FileExtent> extents = new ArrayList<>();
            opened.walk(extents::add);
            assertThat(extents).allMatch(extent -> extent.offset() + extent.length() <= cut.length);
        }
    }

    /** A disk of zeros but for its beginning: cheap to make, dear to read. */
    private record Zeros(byte[] beginning, long size) implements ByteSource {

        @Override
        public void read(long offset, byte[] into, int start, int count) throws IOException {
            requireInside(offset, count);
            Arrays.fill(into, start, start + count, (byte) 0);
            int left = Math.clamp(beginning.length - offset, 0, count);
            if (left > 0) {
                System.arraycopy(beginning, (int) offset, into, start, left);
            }
        }
    }

    @Test
    void anAbsurdNumberOfGroupsEnds() {
        ByteBuffer raw = little(2048);
        int blocks = 1 << 30;
        raw.putInt(1024, 8 * (blocks / 256)).putInt(1028, blocks).putInt(1044, 1);
        raw.putInt(1056, 256).putInt(1064, 8).putShort(1080, (short) Superblock.MAGIC);
        raw.putInt(1100, 1).putShort(1112, (short) 128);
        ByteSource source = new Zeros(raw.array(), 1L << 40);

        assertThatThrownBy(() -> ExtFileSystem.open(source)).hasMessageContaining("group count");
        raw.putInt(1024 + Feature.Word.INCOMPATIBLE.offset(), Feature.META_BG.bit());
        assertThat(walk(source)).contains(ExtProblem.BAD_DESCRIPTOR, CommonProblem.LIMIT);
    }

    @Test
    void impossibleNumbersAreNamed() throws Exception {
        byte[] valid = disk(false).toByteArray();
        int[] fields = {0, 4, 20, 24, 28, 32, 40, 88};

        for (int field : fields) {
            byte[] changed = valid.clone();
            ByteBuffer.wrap(changed)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(1024 + field, 0x7fff_fff3);
            assertThatThrownBy(() -> ExtFileSystem.open(ByteSource.of(changed)))
                    .as("field at %d", field)
                    .isInstanceOf(MalformedImageException.class)
                    .hasMessageContaining("not possible");
        }
    }
}
