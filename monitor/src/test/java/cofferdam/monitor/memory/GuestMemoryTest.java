package cofferdam.monitor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cofferdam.monitor.policy.MemoryPolicy.Sharing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class GuestMemoryTest {

    private static final Path RESIDENT = Path.of("/proc/self/statm");

    @ParameterizedTest
    @CsvSource({
        "-1,1",
        "16384,1",
        "16383,2",
        "9223372036854775807,1",
        "-9223372036854775808,1",
        "0,16385"
    })
    void anAccessOutsideSaysWhoWhereAndHowLarge(long address, int count) throws Exception {
        try (Bed bed = new Bed(16, Rules.plain())) {
            GuestMemory memory = bed.guest("vm1", 4);
            byte[] bytes = new byte[20_000];
            String message = "vm1: %d bytes at address %d are not in a memory of 16384 bytes"
                    .formatted(count, address);
            assertThatThrownBy(() -> memory.read(address, bytes, 0, count))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> memory.write(address, bytes, 0, count))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage(message);
            assertThat(memory.usage().used()).isZero();
        }
    }

    @Test
    void anArrayThatIsTooSmallIsRefused() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain())) {
            GuestMemory memory = bed.guest("vm1", 4);
            assertThatThrownBy(() -> memory.read(0, new byte[4], 2, 3))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> memory.write(0, new byte[4], -1, 3))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void nothingAtTheEndIsInside() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain())) {
            GuestMemory memory = bed.guest("vm1", 4);
            memory.write(16384, new byte[0], 0, 0);
            assertThat(memory.usage().used()).isZero();
        }
    }

    @Test
    void framesAreNamedAsRanges() throws Exception {
        try (Bed bed = new Bed(32, Rules.plain())) {
            GuestMemory memory = bed.guest("vm1", 16);
            GuestMemory other = bed.guest("vm2", 16);
            assertThat(memory.frames()).isEmpty();
            for (int page : new int[] {0, 1, 2, 5}) {
                Bed.get(memory, page);
            }
            Bed.get(other, 0);
            Bed.get(memory, 9);
            assertThat(memory.frames()).isEqualTo("0-3,5");
            assertThat(memory.frames(List.of(9, 5, 7, 9, 2, 0))).isEqualTo("0,2-3,5");
            assertThatThrownBy(() -> memory.frames(List.of(16)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aReleasedMemoryIsGone() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain())) {
            GuestMemory memory = bed.guest("vm1", 4);
            Bed.put(memory, 0, Bed.page(1));
            memory.release();
            memory.release();
            assertThatIllegalStateException()
                    .isThrownBy(() -> Bed.get(memory, 0))
                    .withMessage("the memory of vm1 has been given back");
            assertThat(memory.usage().used()).isZero();
            assertThat(memory.frames()).isEmpty();
            assertThat(bed.host.usage().used()).isZero();
        }
    }

    @Test
    void framesGivenBackLastAreHandedOutFirst() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain())) {
            GuestMemory first = bed.guest("vm1", 4);
            GuestMemory second = bed.guest("vm2", 4);
            Bed.fill(first, 4, 1);
            Bed.fill(second, 4, 2);
            first.release();
            second.release();
            GuestMemory third = bed.guest("vm3", 8);
            assertThat(Bed.get(third, 0)).isEqualTo(Bed.page(2));
            assertThat(third.frames(List.of(0))).isEqualTo("4");
            Bed.get(third, 1);
            assertThat(third.frames()).isEqualTo("4-5");
        }
    }

    @Test
    void aLargeHostThatIsLittleUsedTakesLittle() throws Exception {
        assumeTrue(Files.exists(RESIDENT), "needs /proc/self/statm");
        long before = resident();
        try (Bed bed = new Bed(1 << 20, Rules.plain().sharing(Sharing.INTER_VM))) {
            for (int i = 0; i < 10; i++) {
                GuestMemory memory = bed.guest("vm" + i, 100_000);
                Bed.put(memory, 99_999, Bed.noise(i));
            }
            bed.host.scan(1000);
            assertThat(resident() - before).isLessThan(200L << 20);
        }
    }

    @Test
    void aThousandHostsLeaveNothingBehind() throws Exception {
        assumeTrue(Files.exists(RESIDENT), "needs /proc/self/statm");
        long before = resident();
        for (int i = 0; i < 1000; i++) {
            Bed bed = new Bed(2048, Rules.plain().sharing(Sharing.INTER_VM));
            Bed.put(bed.guest("vm1", 1024), 7, Bed.page(1));
            bed.close();
            bed.close();
            assertThat(bed.host.parts().pool().isOpen()).isFalse();
            assertThat(resident() - before).as("after %d hosts", i + 1).isLessThan(600L << 20);
        }
    }

    @Test
    void anotherThreadMayClose() throws Exception {
        Bed bed = new Bed(16, Rules.plain());
        GuestMemory memory = bed.guest("vm1", 4);
        Bed.put(memory, 0, Bed.page(1));
        Thread closer = new Thread(bed::close);
        closer.start();
        closer.join();
        assertThatIllegalStateException().isThrownBy(() -> Bed.get(memory, 0));
        memory.release();
    }

    private static long resident() throws IOException {
        return Long.parseLong(Files.readString(RESIDENT).split(" ")[1]) * 4096;
    }
}
