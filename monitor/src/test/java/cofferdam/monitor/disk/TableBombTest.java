package cofferdam.monitor.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cofferdam.monitor.disk.vhd.VhdDisk;
import cofferdam.monitor.disk.vhd.VhdImage;
import cofferdam.monitor.disk.vmdk.VmdkDisk;
import cofferdam.monitor.disk.vmdk.VmdkImage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Tables as large as readers take them, all of whose entries lead somewhere bad. */
final class TableBombTest {

    private static final Duration GUARD = Duration.ofSeconds(20);

    @Test
    void aVmdkWhoseDirectoryIsOneTableOverAndOverIsWalkedInProportion() throws Exception {
        byte[] header = vmdkHeader(32L << 40);
        TableBomb bomb = new TableBomb(64 << 20, littleEndian(8192)).with(0, header);

        assertThat(walk(bomb)).contains(ContainerProblem.OVERLAPPING_TABLES);
        assertThat(bomb.read()).isLessThan(4 * bomb.size());
    }

    @Test
    void aVmdkWhoseTablesAreManyAndAllGrainsOneIsWalkedInProportion() throws Exception {
        byte[] directory = new byte[1 << 15];
        ByteBuffer entries = ByteBuffer.wrap(directory).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < directory.length / 4; i++) {
            entries.putInt(1024 + 4 * i);
        }
        TableBomb bomb = new TableBomb(32 << 20, littleEndian(60_000))
                .with(0, vmdkHeader((directory.length / 4L) * 512 * VmdkDisk.GRAIN))
                .with(21 * 512, directory);

        assertThat(walk(bomb)).containsExactly(ContainerProblem.OVERLAPPING_DATA);
        assertThat(bomb.read()).isLessThan(4 * bomb.size());
    }

    @Test
    void aDifferencingVhdWhoseBlocksAreOneIsWalkedInProportion() throws Exception {
        MemoryFile small = new MemoryFile();
        VhdDisk.createDynamic(small, 8L << 30, 0, new UUID(1, 2));
        byte[] front = small.read(0, 1536);
        byte[] footer = small.read(0, 512);
        footer[63] = 4;
        System.arraycopy(footer, 0, front, 0, 512);
        TableBomb bomb = new TableBomb(16 << 20, new byte[] {0, 0, 0x55, 0x55})
                .with(0, front)
                .with((16 << 20) - 512, footer);
        int[] extents = {0};

        List<ProblemKind> problems = assertTimeoutPreemptively(
                GUARD, () -> Refused.kinds(VhdImage.open(bomb).walk(extent -> extents[0]++)));

        assertThat(problems).containsExactly(ContainerProblem.OVERLAPPING_DATA);
        assertThat(extents[0]).isLessThan(2 * 4096);
        assertThat(bomb.read()).isLessThan(4 * bomb.size());
    }

    private static List<ProblemKind> walk(TableBomb bomb) {
        return assertTimeoutPreemptively(
                GUARD,
                () -> Refused.kinds(VmdkImage.open(bomb, Opener.NOTHING).walk(extent -> {})));
    }

    /** The header of an image of so many bytes whose two directories are one, at sector 21. */
    private static byte[] vmdkHeader(long capacity) throws IOException {
        MemoryFile file = new MemoryFile();
        VmdkDisk.create(file, 1 << 20, 1, "bomb.vmdk");
        return ByteBuffer.wrap(file.read(0, 512))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(12, capacity / 512)
                .putLong(28, 0)
                .putLong(56, 21)
                .array();
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
