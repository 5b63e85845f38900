package cofferdam.monitor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.datastore.Datastore;
import cofferdam.monitor.policy.MemoryPolicy.Swap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.SplittableRandom;

class AdmissionTest {

    private static final int PAGE = PhysicalMemory.PAGE;

    @ParameterizedTest
    @ValueSource(longs = {0, -4096, 1, 4095, 4097, Long.MIN_VALUE})
    void aSizeThatIsNoMultipleOfAPageIsRefused(long size) {
        try (Bed bed = new Bed(64, Rules.plain())) {
            assertThatThrownBy(() -> configure(bed.host, size))
                    .isInstanceOf(RefusedSetupException.class)
                    .hasMessageContaining("vm1")
                    .hasMessageContaining(Long.toString(size))
                    .hasMessageContaining("4096");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {MemorySetup.MAXIMUM_GUEST + PAGE, Long.MAX_VALUE - 4095})
    void aSizeThatNoMachineMayHaveIsRefused(long size) {
        try (Bed bed = new Bed(64, Rules.plain())) {
            assertThatThrownBy(() -> configure(bed.host, size))
                    .isInstanceOf(RefusedSetupException.class)
                    .hasMessageContaining(Long.toString(MemorySetup.MAXIMUM_GUEST));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -4096, 100, MemorySetup.MAXIMUM_HOST + PAGE})
    void aHostOfNoPagesOrTooManyIsRefused(long size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HostMemory(
                        size,
                        Rules.plain().policy(),
                        Optional.empty(),
                        new ManualTimeline(),
                        new SplittableRandom(1)))
                .withMessageContaining(Long.toString(size));
    }

    @Test
    void allSizesTogetherStayWithinTheOvercommitment() throws Exception {
        try (Bed bed = new Bed(100, Rules.plain().overcommit(150))) {
            bed.guest("vm1", 100);
            assertThatThrownBy(() -> bed.guest("vm2", 51))
                    .isInstanceOf(RefusedSetupException.class)
                    .hasMessage("vm2: 208896 bytes of memory, with 409600 of other machines, exceed"
                            + " 150 % of the host's 409600 bytes");
            bed.guest("vm2", 50);
        }
    }

    @Test
    void whatARemovedGuestHadIsThereForTheNext() throws Exception {
        try (Bed bed = new Bed(100, Rules.plain().reservation(100))) {
            for (int i = 0; i < 200; i++) {
                GuestMemory memory = bed.guest("vm1", 100);
                assertThat(memory.size()).isEqualTo(100 * PAGE);
                memory.release();
            }
        }
    }

    @Test
    void allReservationsTogetherFitIntoTheHost() throws Exception {
        try (Bed bed = new Bed(100, Rules.plain().overcommit(200).reservation(80))) {
            bed.guest("vm1", 100);
            assertThatThrownBy(() -> bed.guest("vm2", 30))
                    .isInstanceOf(RefusedSetupException.class)
                    .hasMessageContaining("reserved");
            assertThat(bed.guest("vm2", 25).reservation()).isEqualTo(20 * PAGE);
        }
    }

    @Test
    void aMachineHasOneMemory() throws Exception {
        try (Bed bed = new Bed(100, Rules.plain())) {
            bed.guest("vm1", 10);
            assertThatThrownBy(() -> bed.guest("vm1", 10))
                    .isInstanceOf(RefusedSetupException.class)
                    .hasMessage("vm1 has memory already");
        }
    }

    @Test
    void aHostHasALimitOfGuests() throws Exception {
        try (Bed bed = new Bed(100, Rules.plain())) {
            for (int i = 0; i < Guests.MAXIMUM; i++) {
                bed.guest("vm" + i, 1);
            }
            assertThatThrownBy(() -> bed.guest("more", 1))
                    .isInstanceOf(RefusedSetupException.class)
                    .hasMessageContaining("64");
        }
    }

    @Test
    void theSwapFileHasRoomForAllThatIsNotReservedBeforeAnythingStarts() throws Exception {
        try (Bed bed = new Bed(100, Rules.plain().swap(Swap.PLAIN).reservation(25))) {
            bed.guest("vm1", 40);
            assertThat(bed.swap.size()).isEqualTo(31 * PAGE);
            bed.guest("vm2", 20).release();
            bed.guest("vm3", 20);
            assertThat(bed.swap.size()).isEqualTo(47 * PAGE);
        }
    }

    @Test
    void aSwapFileOnAFullDiskIsRefused() throws Exception {
        Datastore disk = new Datastore(2 * Datastore.BLOCK, false);
        try (HostMemory host = new HostMemory(
                100L * PAGE,
                Rules.plain().swap(Swap.PLAIN).policy(),
                Optional.of(disk.create("swap")),
                new ManualTimeline(),
                new SplittableRandom(1))) {
            assertThatThrownBy(() -> configure(host, 40 * PAGE))
                    .isInstanceOf(RefusedSetupException.class)
                    .hasMessageContaining("vm1: the swap file has no room for 167936 bytes more")
                    .hasMessageContaining("the datastore of 131072 bytes is full");
            configure(host, 31 * PAGE);
        }
    }

    @Test
    void aPolicyThatSwapsNeedsAFile() {
        try (HostMemory host = new HostMemory(
                100L * PAGE,
                Rules.plain().swap(Swap.PLAIN).policy(),
                Optional.empty(),
                new ManualTimeline(),
                new SplittableRandom(1))) {
            assertThatThrownBy(() -> configure(host, PAGE))
                    .isInstanceOf(RefusedSetupException.class)
                    .hasMessage("vm1: the policy has a swap file and the host has none");
        }
    }

    private static GuestMemory configure(HostMemory host, long size) throws RefusedSetupException {
        return host.configure("vm1", size, cycles -> {}, new Bed.NoBalloon());
    }
}
