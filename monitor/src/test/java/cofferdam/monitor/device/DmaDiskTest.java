package cofferdam.monitor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.memory.PhysicalMemory;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

class DmaDiskTest {

    private static final int SIZE = 1 << 16;
    private static final int BUFFER = 2 * PhysicalMemory.PAGE;

    private final TestMemory memory = new TestMemory(4 * PhysicalMemory.PAGE);
    private final ArrayDisk disk = new ArrayDisk();
    private final DmaDisk dma = new DmaDisk(disk, memory, BUFFER);

    @Test
    void whatIsReadLiesInTheBufferBefore() throws IOException {
        disk.bytes[700] = 42;

        assertThat(dma.read(700, 10)[0]).isEqualTo((byte) 42);
        assertThat(memory.bytes[BUFFER]).isEqualTo((byte) 42);
    }

    @Test
    void whatIsWrittenLiesInTheBufferBefore() throws IOException {
        dma.write(700, new byte[] {1, 2, 3});

        assertThat(Arrays.copyOfRange(disk.bytes, 700, 703)).containsExactly(1, 2, 3);
        assertThat(memory.at(BUFFER, 3)).containsExactly(1, 2, 3);
    }

    /** Another program of the machine changes the buffer as soon as something lies in it. */
    @Test
    void whatBecomesOfTheBufferIsWhatIsReadAndWritten() throws IOException {
        PhysicalMemory busy = new PhysicalMemory() {
            @Override
            public long size() {
                return memory.size();
            }

            @Override
            public void read(long address, byte[] into, int offset, int count) {
                memory.read(address, into, offset, count);
            }

            @Override
            public void write(long address, byte[] from, int offset, int count) {
                memory.write(address, from, offset, count);
                memory.bytes[BUFFER] = 99;
            }
        };
        DmaDisk watched = new DmaDisk(disk, busy, BUFFER);

        watched.write(0, new byte[5000]);
        assertThat(disk.bytes[0]).isEqualTo((byte) 99);
        assertThat(disk.bytes[4096]).isEqualTo((byte) 99);
        assertThat(watched.read(100, 1)).containsExactly(99);
    }

    @Test
    void randomReadsAndWritesAreThoseOfThePlainDisk() throws IOException {
        long seed = 4;
        SplittableRandom random = new SplittableRandom(seed);
        byte[] model = new byte[SIZE];
        for (int i = 0; i < 2_000; i++) {
            int offset = random.nextInt(SIZE);
            int count = random.nextInt(SIZE - offset + 1);
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                dma.write(offset, bytes);
                System.arraycopy(bytes, 0, model, offset, count);
            } else {
                dma.read(offset, bytes, 0, count);
                assertThat(bytes)
                        .as("seed %d, round %d", seed, i)
                        .isEqualTo(Arrays.copyOfRange(model, offset, offset + count));
            }
        }
        assertThat(disk.bytes).isEqualTo(model);
        assertThat(memory.at(0, BUFFER)).containsOnly(0);
        assertThat(memory.at(BUFFER + PhysicalMemory.PAGE, PhysicalMemory.PAGE)).containsOnly(0);
    }

    @Test
    void aRangeThatIsNotInsideChangesNothing() {
        byte[] ones = new byte[SIZE];
        Arrays.fill(ones, (byte) 1);

        assertThatThrownBy(() -> dma.write(1, ones)).isInstanceOf(MalformedImageException.class);
        assertThatThrownBy(() -> dma.read(1, ones, 0, SIZE))
                .isInstanceOf(MalformedImageException.class);
        assertThat(disk.bytes).containsOnly(0);
        assertThat(memory.bytes).containsOnly(0);
    }

    @Test
    void flushReachesTheDisk() throws IOException {
        dma.flush();

        assertThat(disk.flushes).isEqualTo(1);
        assertThat(dma.size()).isEqualTo(SIZE);
    }

    @Test
    void aBufferThatIsNotInTheMemoryIsRefused() {
        assertThatThrownBy(() -> new DmaDisk(disk, memory, memory.size() - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the disk's buffer at 16383 is not in 16384 bytes");
        assertThatThrownBy(() -> new DmaDisk(disk, memory, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A disk in an array. */
    private static final class ArrayDisk implements BlockDevice {

        final byte[] bytes = new byte[SIZE];
        int flushes;

        @Override
        public long size() {
            return SIZE;
        }

        @Override
        public void read(long offset, byte[] into, int start, int count) {
            System.arraycopy(bytes, (int) offset, into, start, count);
        }

        @Override
        public void write(long offset, byte[] from, int start, int count) {
            System.arraycopy(from, start, bytes, (int) offset, count);
        }

        @Override
        public void flush() {
            flushes++;
        }
    }
}
