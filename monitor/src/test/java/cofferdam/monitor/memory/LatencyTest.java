package cofferdam.monitor.memory;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.MemoryControl.Means;
import cofferdam.monitor.policy.MemoryPolicy.Sharing;
import cofferdam.monitor.policy.MemoryPolicy.Swap;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** How long accesses take, as a guest's clock has it. */
class LatencyTest {

    private static final int PAGES = 8000;

    private static long quantile(long[] times, double part) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[(int) (part * sorted.length)];
    }

    // Pages that are like none, or like one of the neighbour's, all of them looked at once.
    private static Bed scanned(boolean shared, boolean constant) throws Exception {
        Bed bed = new Bed(
                3 * PAGES, Rules.plain().sharing(Sharing.INTER_VM).constantLatency(constant));
        Bed.fillWithNoise(bed.guest("vm2", PAGES), 0);
        GuestMemory prober = bed.guest("vm1", PAGES);
        Bed.fillWithNoise(prober, shared ? 0 : 1_000_000);
        bed.host.scan(2 * PAGES);
        assertThat(prober.usage().shared()).isEqualTo(shared ? prober.size() : 0);
        bed.charges.clear();
        return bed;
    }

    private static long[] writeTimes(boolean shared, boolean constant) throws Exception {
        try (Bed bed = scanned(shared, constant)) {
            GuestMemory prober = memory(bed);
            long[] times = new long[PAGES];
            for (int page = 0; page < PAGES; page++) {
                times[page] = bed.poke(prober, page);
            }
            Recount.check(bed.host);
            return times;
        }
    }

    private static GuestMemory memory(Bed bed) {
        Guest guest = bed.host.parts().guests().all().get(1);
        return new GuestMemory(guest, bed.host.parts(), new Latency(5), bed.charges::add);
    }

    @Test
    void aPrivateWriteTakesAsLongAsMeasured() throws Exception {
        long[] times = writeTimes(false, false);
        assertThat(quantile(times, 0.5)).isBetween(78L, 130L);
        assertThat(quantile(times, 0.99)).isBetween(800L, 1000L);
    }

    @Test
    void aBrokenShareTakesAsLongAsMeasured() throws Exception {
        long[] times = writeTimes(true, false);
        assertThat(quantile(times, 0.5)).isBetween(4700L, 5200L);
        assertThat(quantile(times, 0.9)).isBetween(5300L, 5900L);
        assertThat(quantile(times, 0.99)).isBetween(11_000L, 13_000L);
        assertThat(quantile(times, 0)).isGreaterThan(4000);
    }

    @Test
    void withConstantLatencyTheTimesAreTheSameOneByOne() throws Exception {
        long[] shared = writeTimes(true, true);
        long[] alone = writeTimes(false, true);
        assertThat(shared).isEqualTo(alone);
        assertThat(quantile(alone, 0.5)).isBetween(4700L, 5200L);
    }

    @Test
    void theSecondWriteAndReadsAreFast() throws Exception {
        for (boolean constant : List.of(true, false)) {
            for (boolean shared : List.of(true, false)) {
                try (Bed bed = scanned(shared, constant)) {
                    GuestMemory prober = memory(bed);
                    Bed.get(prober, 7);
                    assertThat(bed.charges).containsExactly(52L);
                    bed.poke(prober, 7);
                    assertThat(bed.poke(prober, 7)).isEqualTo(52);
                }
            }
        }
    }

    @Test
    void withConstantLatencyAPageIsSlowOnceForEachVisit() throws Exception {
        try (Bed bed = scanned(false, true)) {
            GuestMemory prober = memory(bed);
            assertThat(bed.poke(prober, 1)).isGreaterThan(4000);
            bed.poke(prober, 2);
            assertThat(bed.poke(prober, 1)).isLessThan(2000);
            bed.host.scan(2 * PAGES);
            assertThat(bed.poke(prober, 1)).isGreaterThan(4000);
        }
    }

    @Test
    void theLastOneInASharedFramePaysWithoutACopy() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain().sharing(Sharing.INTER_VM))) {
            GuestMemory one = bed.guest("vm1", 4);
            GuestMemory two = bed.guest("vm2", 4);
            Bed.fill(one, 1, 7);
            Bed.fill(two, 1, 7);
            bed.host.scan(2);
            String frame = one.frames();
            assertThat(bed.poke(two, 0)).isGreaterThan(4000);
            assertThat(bed.poke(one, 0)).isGreaterThan(4000);
            assertThat(one.frames()).isEqualTo(frame);
            assertThat(bed.poke(one, 0)).isEqualTo(52);
            Recount.check(bed.host);
        }
    }

    @Test
    void firstTouchAndSwapTakeTheirTime() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain().swap(Swap.PLAIN))) {
            GuestMemory memory = bed.guest("vm1", 4);
            assertThat(bed.poke(memory, 0)).isBetween(2900L, 3600L);
            Bed.get(memory, 1);
            assertThat(bed.charges.getLast()).isBetween(2900L, 3600L);
            memory.reclaim(8192, Means.SWAP);
            assertThat(bed.poke(memory, 0)).isBetween(9_000_000L, 11_000_000L);
        }
    }

    @Test
    void anAccessPaysForEachPage() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain())) {
            GuestMemory memory = bed.guest("vm1", 4);
            memory.write(4000, new byte[8000], 0, 8000);
            assertThat(bed.charges).hasSize(3);
        }
    }
}
