package cofferdam.monitor.disk.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.disk.luks.MemoryDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class HashTreeDiskTest {

    private static final int BLOCK = 4096;
    private static final int SIZE = 4 << 20;

    private final TrustedRoot root = TrustedRoot.inMemory();

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128, 129, 131, 1000, 16_700})
    void aDiskOfAnySizeKeepsWhatIsWritten(int blocks) throws Exception {
        MemoryDisk inner = MemoryDisk.of(blocks * BLOCK);
        HashTreeDisk disk = HashTreeDisk.create(inner, root);
        byte[] model = new byte[(int) disk.size()];
        Random random = new Random(blocks);
        for (int i = 0; i < 20; i++) {
            byte[] some = new byte[random.nextInt(Math.min(model.length, 600_000))];
            random.nextBytes(some);
            int at = random.nextInt(model.length - some.length);
            disk.write(at, some);
            System.arraycopy(some, 0, model, at, some.length);
        }
        disk.seal();

        HashTreeDisk again = HashTreeDisk.open(inner, root);
        assertThat(again.verify().damaged()).isEmpty();
        assertThat(again.read(0, model.length)).isEqualTo(model);
        assertThat(inner.read(0, model.length)).isEqualTo(model);
        assertThat(inner.size() - disk.size()).isBetween(0L, inner.size() / 100 + 3 * BLOCK);
    }

    @Test
    void everyChangedByteIsNamedByItsBlock() throws Exception {
        MemoryDisk inner = filled();
        HashTreeDisk.create(inner, root).seal();
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            HashTreeDisk disk = HashTreeDisk.open(inner, root);
            int at = random.nextInt((int) disk.size());
            flip(inner, at);

            DamagedRange block =
                    new DamagedRange(DamagedRange.Part.DATA, (long) at / BLOCK * BLOCK, BLOCK);
            assertThat(disk.verify().damaged()).containsExactly(block);
            assertThat(disk.verify().damagedBytes()).isEqualTo(BLOCK);
            assertThatExceptionOfType(IntegrityException.class)
                    .isThrownBy(() -> disk.read(at, 1))
                    .satisfies(e -> assertThat(e.range()).isEqualTo(block));
            flip(inner, at);
        }
    }

    @Test
    void aChangeInTheTreeIsToldApartFromOneInTheData() throws Exception {
        MemoryDisk inner = filled();
        HashTreeDisk disk = HashTreeDisk.create(inner, root);
        disk.seal();
        flip(inner, (int) disk.size() + 17);

        Verification verification = HashTreeDisk.open(inner, root).verify();

        assertThat(verification.damaged())
                .containsExactly(new DamagedRange(DamagedRange.Part.TREE, disk.size(), BLOCK));
        assertThat(verification.damagedBytes()).isZero();
    }

    @Test
    void insertedBytesAreNoticedAndTheirPlaceIsTold() throws Exception {
        MemoryDisk inner = filled();
        HashTreeDisk.create(inner, root).seal();
        int at = 3_000_000;
        MemoryFile longer = new MemoryFile();
        longer.write(0, inner.read(0, at));
        longer.write(at, new byte[512]);
        longer.write(at + 512, inner.read(at, SIZE - at));

        Verification verification =
                HashTreeDisk.open(new MemoryDisk(longer), root).verify();

        assertThat(verification.intact()).isFalse();
        assertThat(verification.damaged().getFirst().offset())
                .isBetween(at - 128L * BLOCK, (long) at);
        assertThat(verification.damaged().getLast())
                .isEqualTo(new DamagedRange(DamagedRange.Part.SIZE, SIZE, 512));
    }

    @Test
    void anOlderCopyOfTheWholeDiskIsNoticed() throws Exception {
        MemoryDisk inner = filled();
        HashTreeDisk disk = HashTreeDisk.create(inner, root);
        MemoryDisk older = new MemoryDisk(new MemoryFile(inner.file().toByteArray()));
        disk.write(500_000, new byte[] {1, 2, 3});
        disk.seal();

        assertThat(HashTreeDisk.open(older, root).verify().intact()).isFalse();
        assertThat(HashTreeDisk.open(inner, root).verify().intact()).isTrue();
    }

    @Test
    void aCutDiskIsNotOpened() throws Exception {
        MemoryDisk inner = filled();
        HashTreeDisk.create(inner, root).seal();
        inner.file().resize(SIZE - BLOCK);

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> HashTreeDisk.open(inner, root))
                .satisfies(e -> assertThat(e.range())
                        .isEqualTo(new DamagedRange(DamagedRange.Part.SIZE, SIZE - BLOCK, BLOCK)));
    }

    @Test
    void aDiskWithoutItsRootIsNotOpened() throws Exception {
        MemoryDisk inner = filled();
        AeadDisk.create(inner, new byte[32], root);

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> HashTreeDisk.open(inner, root))
                .withMessageContaining("no such root");
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> HashTreeDisk.open(inner, TrustedRoot.inMemory()));
    }

    @Test
    void whatIsWrittenWithoutFlushIsFoundDamaged() throws Exception {
        MemoryDisk inner = filled();
        HashTreeDisk disk = HashTreeDisk.create(inner, root);
        disk.write(BLOCK, new byte[] {9});

        assertThat(HashTreeDisk.open(inner, root).verify().intact()).isFalse();
        disk.flush();
        assertThat(HashTreeDisk.open(inner, root).verify().intact()).isTrue();
    }

    @Test
    void aSealedDiskTakesNoMoreWrites() throws Exception {
        HashTreeDisk disk = HashTreeDisk.create(filled(), root);
        disk.seal();

        assertThatIOException()
                .isThrownBy(() -> disk.write(0, new byte[1]))
                .withMessageContaining("sealed");
    }

    @Test
    void manyDamagedBlocksAreCountedAndTheFirstAreNamed() throws Exception {
        MemoryDisk inner = filled();
        HashTreeDisk.create(inner, root).seal();
        for (int block = 0; block < 100; block += 2) {
            flip(inner, block * BLOCK);
        }
        flip(inner, BLOCK);

        Verification verification = HashTreeDisk.open(inner, root).verify();

        assertThat(verification.damaged()).hasSize(Verification.MOST);
        assertThat(verification.damaged().getFirst())
                .isEqualTo(new DamagedRange(DamagedRange.Part.DATA, 0, 3L * BLOCK));
        assertThat(verification.damagedBytes()).isEqualTo(51L * BLOCK);
    }

    @Test
    void aDiskWithoutRoomForABlockIsRefused() throws Exception {
        MemoryDisk tiny = MemoryDisk.of(BLOCK - 1);

        assertThatIllegalArgumentException().isThrownBy(() -> HashTreeDisk.create(tiny, root));
    }

    private static MemoryDisk filled() throws Exception {
        MemoryDisk disk = MemoryDisk.of(SIZE);
        byte[] content = new byte[SIZE];
        new Random(5).nextBytes(content);
        disk.write(0, content);
        return disk;
    }

    private static void flip(MemoryDisk disk, int at) throws Exception {
        byte[] octet = disk.read(at, 1);
        octet[0] ^= 0x40;
        disk.write(at, octet);
    }
}
