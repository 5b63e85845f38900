package cofferdam.monitor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.MemoryControl.Means;
import cofferdam.monitor.policy.MemoryPolicy.Sharing;
import cofferdam.monitor.policy.MemoryPolicy.Swap;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** Who loses what when a guest is at its limit or the host runs short. */
class ReclaimTest {

    @Test
    void aGuestAtItsLimitSwapsItsOwnPages() throws Exception {
        try (Bed bed = new Bed(200, Rules.plain().limit(50).swap(Swap.PLAIN))) {
            GuestMemory memory = bed.guest("vm1", 100);
            GuestMemory neighbour = bed.guest("vm2", 100);
            Bed.fill(neighbour, 40, 1);
            Bed.fillWithNoise(memory, 1);
            assertThat(memory.usage().frames()).isLessThanOrEqualTo(memory.limit());
            assertThat(memory.usage().used() + memory.usage().swapped()).isEqualTo(memory.size());
            assertThat(neighbour.usage().swapped()).isZero();
            for (int page = 0; page < 100; page++) {
                assertThat(Bed.get(memory, page)).isEqualTo(Bed.noise(1 + page));
            }
        }
    }

    @Test
    void sharedPagesLetAGuestUseMoreThanItsLimit() throws Exception {
        Rules rules = Rules.plain().limit(50).swap(Swap.PLAIN).balloon().sharing(Sharing.INTER_VM);
        try (Bed bed = new Bed(200, rules)) {
            GuestMemory memory = bed.guest("vm1", 100, new Bed.WillingBalloon(100));
            Bed.fill(memory, 100, 7);
            assertThat(memory.usage().used()).isGreaterThan(memory.limit());
            assertThat(memory.usage().frames()).isLessThanOrEqualTo(memory.limit());
            assertThat(memory.usage().swapped())
                    .as("shared before it is swapped")
                    .isZero();
            assertThat(memory.usage().ballooned())
                    .as("shared before the balloon")
                    .isZero();
        }
    }

    @Test
    void theBalloonComesBeforeTheSwapFile() throws Exception {
        try (Bed bed = new Bed(200, Rules.plain().limit(50).swap(Swap.PLAIN).balloon())) {
            GuestMemory memory = bed.guest("vm1", 100, new Bed.WillingBalloon(100));
            for (int page = 0; page < 50; page++) {
                Bed.put(memory, 99 - page, Bed.noise(page));
            }
            assertThat(memory.usage().ballooned()).isZero();
            Bed.put(memory, 0, Bed.noise(1));
            assertThat(memory.usage().ballooned()).isPositive();
            assertThat(memory.usage().swapped()).isZero();
        }
    }

    @Test
    void aGuestThatGivesNothingIsSwapped() throws Exception {
        try (Bed bed = new Bed(200, Rules.plain().limit(50).swap(Swap.PLAIN).balloon())) {
            GuestMemory memory = bed.guest("vm1", 100);
            Bed.fillWithNoise(memory, 1);
            assertThat(memory.usage().swapped()).isPositive();
        }
    }

    @Test
    void aGuestWhoseLimitIsReservedSwapsOnePageForAnother() throws Exception {
        Rules rules = Rules.plain().limit(50).reservation(50).swap(Swap.PLAIN);
        try (Bed bed = new Bed(40, rules)) {
            GuestMemory memory = bed.guest("vm1", 40);
            Bed.fillWithNoise(memory, 1);
            for (int i = 0; i < 400; i++) {
                int page = i * 7 % 40;
                assertThat(Bed.get(memory, page)).isEqualTo(Bed.noise(1 + page));
                assertThat(memory.usage().frames()).isEqualTo(memory.reservation());
            }
            Recount.check(bed.host);
        }
    }

    @Test
    void pagesThatShareAFrameOfTheirOwnGuestMakeRoomTogether() throws Exception {
        Rules rules = Rules.plain().limit(20).swap(Swap.PLAIN).sharing(Sharing.INTRA_VM);
        try (Bed bed = new Bed(10, rules)) {
            GuestMemory memory = bed.guest("vm1", 10);
            for (int page = 0; page < 6; page++) {
                Bed.put(memory, page, Bed.page(1 + page % 2));
                bed.host.scan(10);
            }
            assertThat(memory.usage().frames()).isEqualTo(memory.limit());
            Bed.put(memory, 7, Bed.noise(7));
            assertThat(memory.usage().frames()).isLessThanOrEqualTo(memory.limit());
            for (int page = 0; page < 6; page++) {
                assertThat(Bed.get(memory, page)).isEqualTo(Bed.page(1 + page % 2));
            }
            Recount.check(bed.host);
        }
    }

    @Test
    void withoutMeansTheGuestAtItsLimitEnds() throws Exception {
        try (Bed bed = new Bed(200, Rules.plain().limit(50))) {
            GuestMemory memory = bed.guest("vm1", 100);
            assertThatThrownBy(() -> Bed.fillWithNoise(memory, 1))
                    .isInstanceOfSatisfying(
                            OutOfHostMemoryException.class,
                            none -> assertThat(none.machine()).isEqualTo("vm1"))
                    .hasMessage("vm1 may hold 50 frames of the host and needs one more; none can be"
                            + " taken back");
            assertThat(memory.usage().frames()).isEqualTo(memory.limit());
        }
    }

    @Test
    void whoHoldsMostForItsSharesLoses() throws Exception {
        Rules rules = Rules.plain()
                .overcommit(300)
                .swap(Swap.PLAIN)
                .shares(Map.of("rich", 3000, "poor", 1000));
        try (Bed bed = new Bed(120, rules)) {
            GuestMemory rich = bed.guest("rich", 120);
            GuestMemory poor = bed.guest("poor", 120);
            for (int page = 0; page < 120; page++) {
                Bed.put(poor, page, Bed.noise(page));
                Bed.put(rich, page, Bed.noise(1000 + page));
            }
            long ratio = 100 * rich.usage().frames() / poor.usage().frames();
            assertThat(ratio).isBetween(200L, 450L);
            assertThat(bed.host.usage().used()).isLessThanOrEqualTo(120 * 4096);
        }
    }

    @Test
    void whatIsReservedIsThereWheneverItIsWanted() throws Exception {
        Rules rules = Rules.plain().overcommit(200).reservation(50).swap(Swap.PLAIN);
        try (Bed bed = new Bed(100, rules)) {
            GuestMemory hog = bed.guest("hog", 100);
            GuestMemory quiet = bed.guest("quiet", 100);
            for (int round = 0; round < 50; round++) {
                Bed.put(quiet, round, Bed.noise(5000 + round));
                Bed.fillWithNoise(hog, round);
                assertThat(quiet.usage().swapped()).isZero();
            }
            assertThat(quiet.usage().frames()).isEqualTo(quiet.reservation());
            assertThat(hog.usage().frames()).isEqualTo(hog.reservation());
        }
    }

    @Test
    void withoutASwapFileWhatIsReservedStaysFree() throws Exception {
        Rules rules = Rules.plain().overcommit(200).reservation(50).balloon();
        try (Bed bed = new Bed(100, rules)) {
            GuestMemory hog = bed.guest("hog", 100);
            GuestMemory quiet = bed.guest("quiet", 100);
            assertThatThrownBy(() -> Bed.fillWithNoise(hog, 1))
                    .isInstanceOf(OutOfHostMemoryException.class)
                    .hasMessageContaining("50 of them free but reserved");
            for (int page = 0; page < 50; page++) {
                Bed.put(quiet, page, Bed.noise(page));
            }
            assertThat(quiet.usage().frames()).isEqualTo(quiet.reservation());
        }
    }

    @Test
    void memoryIsGivenBackToTheGuestWhenItIsPlentifulAgain() throws Exception {
        Rules rules = Rules.plain().overcommit(200).balloon();
        try (Bed bed = new Bed(100, rules)) {
            GuestMemory first = bed.guest("vm1", 100, new Bed.WillingBalloon(100));
            GuestMemory second = bed.guest("vm2", 100, new Bed.WillingBalloon(100));
            Bed.fillWithNoise(first, 1);
            Bed.fillWithNoise(second, 1000);
            assertThat(first.usage().ballooned()).isPositive();
            second.release();
            assertThat(first.usage().ballooned()).isZero();
        }
    }

    @Test
    void whatTheAdministratorTookStaysTaken() throws Exception {
        try (Bed bed = new Bed(100, Rules.plain().balloon())) {
            GuestMemory first = bed.guest("vm1", 10, new Bed.WillingBalloon(10));
            Bed.fillWithNoise(first, 1);
            first.reclaim(4 * 4096, Means.BALLOON);
            bed.guest("vm2", 10).release();
            assertThat(first.usage().ballooned()).isEqualTo(4 * 4096);
            Bed.put(first, 9, Bed.page(1));
            assertThat(first.usage().ballooned()).isEqualTo(3 * 4096);
        }
    }

    @Test
    void aNeighbourThatBreaksItsSharesDoesNotLiftAGuestOverItsLimit() throws Exception {
        Rules rules = Rules.plain().limit(50).swap(Swap.PLAIN).sharing(Sharing.INTER_VM);
        try (Bed bed = new Bed(400, rules)) {
            GuestMemory first = bed.guest("vm1", 100);
            GuestMemory second = bed.guest("vm2", 200);
            for (int page = 0; page < 80; page++) {
                Bed.put(second, page, Bed.noise(page));
                Bed.put(first, page, Bed.noise(page));
                bed.host.scan(200);
            }
            assertThat(first.usage().used()).isGreaterThan(first.limit());
            Bed.fill(second, 80, 9);
            assertThat(first.usage().frames()).isLessThanOrEqualTo(first.limit());
            for (int page = 0; page < 80; page++) {
                assertThat(Bed.get(first, page)).isEqualTo(Bed.noise(page));
            }
            Recount.check(bed.host);
        }
    }

    @Test
    void aBalloonThatLiesTakesNothingFromOthers() throws Exception {
        Balloon liar = new Balloon() {
            @Override
            public List<Integer> inflate(int pages) {
                return List.of(-1, 1_000_000, 3, 3, Integer.MIN_VALUE, Integer.MAX_VALUE);
            }

            @Override
            public List<Integer> deflate(int pages) {
                return List.of(-1, 1_000_000, 2);
            }
        };
        try (Bed bed = new Bed(100, Rules.plain().balloon())) {
            GuestMemory memory = bed.guest("vm1", 10, liar);
            Bed.fillWithNoise(memory, 1);
            String given = memory.reclaim(6 * 4096, Means.BALLOON);
            assertThat(given).isEqualTo("3");
            assertThat(memory.usage().ballooned()).isEqualTo(4096);
            Recount.check(bed.host);
        }
    }
}
