package cofferdam.monitor.disk.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.disk.luks.MemoryDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class AeadDiskTest {

    private static final int BLOCK = 4096;
    private static final int SIZE = 1 << 20;

    private final TrustedRoot root = TrustedRoot.inMemory();
    private final byte[] key = new byte[32];

    AeadDiskTest() {
        new Random(1).nextBytes(key);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 128, 129, 1000, 16_700})
    void aDiskOfAnySizeKeepsWhatIsWritten(int blocks) throws Exception {
        MemoryDisk inner = MemoryDisk.of(blocks * BLOCK);
        AeadDisk disk = AeadDisk.create(inner, key, root);
        byte[] model = new byte[(int) disk.size()];
        Random random = new Random(blocks);
        for (int i = 0; i < 20; i++) {
            byte[] some = new byte[random.nextInt(Math.min(model.length, 60_000))];
            random.nextBytes(some);
            int at = random.nextInt(model.length - some.length);
            disk.write(at, some);
            System.arraycopy(some, 0, model, at, some.length);
        }
        disk.seal();

        AeadDisk again = AeadDisk.open(inner, key, root);
        assertThat(again.read(0, model.length)).isEqualTo(model);
        assertThat(again.verify().intact()).isTrue();
    }

    @Test
    void aNewDiskReadsAsZerosWhateverWasThere() throws Exception {
        AeadDisk disk = AeadDisk.create(filled(), key, root);

        assertThat(disk.read(0, 20_000)).containsOnly(0);
    }

    @Test
    void nothingIsPlainOnTheInnerDisk() throws Exception {
        MemoryDisk inner = MemoryDisk.of(SIZE);
        AeadDisk.create(inner, key, root).write(70_000, "a secret of the guest".getBytes(UTF_8));

        assertThat(new String(inner.file().toByteArray(), ISO_8859_1))
                .doesNotContain("a secret of the guest");
    }

    @Test
    void everyChangedByteIsNoticed() throws Exception {
        MemoryDisk inner = MemoryDisk.of(SIZE);
        AeadDisk disk = AeadDisk.create(inner, key, root);
        disk.write(0, new byte[(int) disk.size()]);
        disk.seal();
        long end = new TreeLayout(disk.size() / BLOCK).end();
        Random random = new Random(2);
        for (int i = 0; i < 40; i++) {
            int at = random.nextInt((int) (i % 2 == 0 ? disk.size() : end - disk.size()))
                    + (int) (i % 2 == 0 ? 0 : disk.size());
            flip(inner, at);
            DamagedRange expected = new DamagedRange(
                    i % 2 == 0 ? DamagedRange.Part.DATA : DamagedRange.Part.TREE,
                    (long) at / BLOCK * BLOCK,
                    BLOCK);

            assertThatExceptionOfType(IntegrityException.class)
                    .as("byte %d", at)
                    .isThrownBy(() ->
                            AeadDisk.open(inner, key, root).read(Math.min(at, disk.size() - 1), 1))
                    .satisfies(e -> assertThat(e.range()).isEqualTo(expected));
            flip(inner, at);
        }
        assertThat(AeadDisk.open(inner, key, root).verify().intact()).isTrue();
    }

    @Test
    void anOlderBlockIsNoticedEvenWithItsOwnTag() throws Exception {
        MemoryDisk inner = MemoryDisk.of(SIZE);
        AeadDisk disk = AeadDisk.create(inner, key, root);
        disk.write(0, new byte[] {1});
        byte[] block = inner.read(0, BLOCK);
        byte[] node = inner.read(disk.size(), BLOCK);
        disk.write(0, new byte[] {2});
        disk.seal();

        inner.write(0, block);
        assertThat(AeadDisk.open(inner, key, root).verify().damaged())
                .containsExactly(new DamagedRange(DamagedRange.Part.DATA, 0, BLOCK));
        inner.write(disk.size(), node);
        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> AeadDisk.open(inner, key, root));
    }

    @Test
    void anOlderCopyOfTheWholeDiskIsNoticed() throws Exception {
        MemoryDisk inner = MemoryDisk.of(SIZE);
        AeadDisk disk = AeadDisk.create(inner, key, root);
        disk.write(0, new byte[] {1});
        disk.flush();
        MemoryDisk older = new MemoryDisk(new MemoryFile(inner.file().toByteArray()));
        disk.write(0, new byte[] {2});
        disk.seal();

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> AeadDisk.open(older, key, root));
    }

    @Test
    void blocksThatChangePlacesAreNoticed() throws Exception {
        MemoryDisk inner = MemoryDisk.of(SIZE);
        AeadDisk disk = AeadDisk.create(inner, key, root);
        disk.write(0, new byte[2 * BLOCK]);
        disk.seal();
        byte[] first = inner.read(0, BLOCK);
        inner.write(0, inner.read(BLOCK, BLOCK));
        inner.write(BLOCK, first);

        assertThat(AeadDisk.open(inner, key, root).verify().damaged())
                .containsExactly(new DamagedRange(DamagedRange.Part.DATA, 0, 2L * BLOCK));
    }

    @Test
    void aBlockOfAnotherNumberDoesNotDecipher() {
        BlockCipher cipher = new BlockCipher(key);
        byte[] sealed = cipher.seal(1, 7, new byte[BLOCK], 0, BLOCK);

        assertThat(cipher.open(1, 7, sealed)).isEqualTo(new byte[BLOCK]);
        assertThat(cipher.open(1, 8, sealed)).isNull();
        assertThat(cipher.open(2, 7, sealed)).isNull();
    }

    @Test
    void noNonceIsUsedTwiceWhateverHappens() throws Exception {
        List<Long> nonces = new ArrayList<>();
        MemoryDisk inner = MemoryDisk.of(SIZE);
        AeadDisk first = AeadDisk.create(inner, key, root);
        byte[] before = inner.file().toByteArray();
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < 3; i++) {
            first.write(0, block);
            nonces.add(nonce(inner, first));
        }
        // Stopped without a flush, put back to an older copy, and made anew under the same key.
        inner.write(0, before);
        AeadDisk second = AeadDisk.open(inner, key, root);
        second.write(0, block);
        nonces.add(nonce(inner, second));
        AeadDisk third = AeadDisk.create(inner, key, root);
        third.write(0, block);
        nonces.add(nonce(inner, third));
        third.seal();
        AeadDisk fourth = AeadDisk.open(inner, key, root);
        fourth.write(0, block);
        nonces.add(nonce(inner, fourth));

        assertThat(nonces).doesNotHaveDuplicates().doesNotContain(0L).isSorted();
    }

    @Test
    void manyNoncesAreReservedAheadOfUse() throws Exception {
        List<Long> reserved = new ArrayList<>();
        NonceCounter counter = new NonceCounter(5, reserved::add);

        for (long i = 0; i <= NonceCounter.RESERVED; i++) {
            assertThat(counter.next()).isEqualTo(6 + i).isLessThanOrEqualTo(reserved.getLast());
        }

        assertThat(reserved)
                .containsExactly(5 + NonceCounter.RESERVED, 5 + 2 * NonceCounter.RESERVED);
    }

    @Test
    void aWriteChangesOnlyItsBlockAndOnePathOfTheTree() throws Exception {
        Counted inner = new Counted(MemoryDisk.of(16_700 * BLOCK));
        AeadDisk disk = AeadDisk.create(inner, key, root);
        inner.written = 0;

        disk.write(8_000L * BLOCK, new byte[BLOCK]);

        assertThat(inner.written).isEqualTo(3L * BLOCK);
    }

    @Test
    void anotherKeyOpensNothing() throws Exception {
        MemoryDisk inner = MemoryDisk.of(SIZE);
        AeadDisk disk = AeadDisk.create(inner, key, root);
        disk.write(0, new byte[1]);
        disk.seal();
        byte[] other = new byte[32];

        AeadDisk opened = AeadDisk.open(inner, other, root);

        assertThatExceptionOfType(IntegrityException.class).isThrownBy(() -> opened.read(0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AeadDisk.open(inner, new byte[16], root));
    }

    @Test
    void aDiskOfAnotherSizeIsNotOpened() throws Exception {
        MemoryDisk inner = MemoryDisk.of(SIZE);
        AeadDisk.create(inner, key, root).seal();
        inner.file().resize(SIZE + 512);

        assertThatExceptionOfType(IntegrityException.class)
                .isThrownBy(() -> AeadDisk.open(inner, key, root))
                .satisfies(e -> assertThat(e.range())
                        .isEqualTo(new DamagedRange(DamagedRange.Part.SIZE, SIZE, 512)));
    }

    @Test
    void aSealedDiskTakesNoMoreWrites() throws Exception {
        AeadDisk disk = AeadDisk.create(MemoryDisk.of(SIZE), key, root);
        disk.seal();

        assertThatIOException()
                .isThrownBy(() -> disk.write(0, new byte[1]))
                .withMessageContaining("sealed");
    }

    private static long nonce(MemoryDisk inner, AeadDisk disk) throws IOException {
        return ByteBuffer.wrap(inner.read(disk.size(), Long.BYTES)).getLong();
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

    /** Counts what is written. */
    private static final class Counted implements BlockDevice {

        private final MemoryDisk disk;
        private long written;

        Counted(MemoryDisk disk) {
            this.disk = disk;
        }

        @Override
        public long size() {
            return disk.size();
        }

        @Override
        public void read(long offset, byte[] into, int start, int count) throws IOException {
            disk.read(offset, into, start, count);
        }

        @Override
        public void write(long offset, byte[] from, int start, int count) throws IOException {
            written += count;
            disk.write(offset, from, start, count);
        }

        @Override
        public void flush() {}
    }
}
