package cofferdam.monitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.guest.tcp.VirtualTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

final class DiskQueueTest {

    private static final int MEGABYTE = 6_000_000;
    private static final Duration TENTH = Duration.ofMillis(100).plus(DiskQueue.ACCESS);

    private final VirtualTime time = new VirtualTime();

    private record Service(long from, long until) {}

    @Test
    void aRequestTakesTheAccessAndItsBytes() {
        DiskQueue disk = new DiskQueue(time, 0);

        assertThat(disk.request("vm1", MEGABYTE)).isEqualTo(TENTH);
    }

    @Test
    void withoutALimitWhoComesLaterWaitsForAllBeforeIt() {
        DiskQueue disk = new DiskQueue(time, 0);
        for (int i = 1; i <= 10; i++) {
            assertThat(disk.request("vm1", MEGABYTE)).isEqualTo(TENTH.multipliedBy(i));
        }

        assertThat(disk.request("vm2", MEGABYTE)).isEqualTo(TENTH.multipliedBy(11));
    }

    @Test
    void whatIsDoneIsNotWaitedFor() {
        DiskQueue disk = new DiskQueue(time, 0);
        disk.request("vm1", MEGABYTE);
        time.pass(TENTH.dividedBy(2));
        assertThat(disk.request("vm2", MEGABYTE)).isEqualTo(TENTH.plus(TENTH.dividedBy(2)));
        time.pass(TENTH.multipliedBy(5));

        assertThat(disk.request("vm1", MEGABYTE)).isEqualTo(TENTH);
    }

    @Test
    void withALimitAFloodLeavesTheDiskToItsNeighbour() {
        DiskQueue disk = new DiskQueue(time, 600_000);
        Duration last = Duration.ZERO;
        for (int i = 0; i < 100; i++) {
            last = disk.request("vm1", 60_000);
        }

        assertThat(last).isBetween(Duration.ofMillis(9700), Duration.ofMillis(10_000));
        assertThat(disk.request("vm2", 60_000)).isLessThan(Duration.ofMillis(5));
    }

    @Test
    void theLimitIsEachMachinesOwn() {
        DiskQueue disk = new DiskQueue(time, 600_000);
        disk.request("vm1", MEGABYTE);
        disk.request("vm2", MEGABYTE);

        assertThat(disk.request("vm1", 6000)).isGreaterThan(Duration.ofMillis(9000));
        assertThat(disk.request("vm3", 6000)).isLessThan(Duration.ofMillis(300));
    }

    @Test
    void twoRequestsAreNeverServedAtOnce() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (long limit : List.of(0L, 4L << 20, 40L << 20)) {
            DiskQueue disk = new DiskQueue(time, limit);
            List<Service> served = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                time.pass(Duration.ofNanos(random.nextLong(2_000_000)));
                int bytes = random.nextInt(1, 200_000);
                long until = time.now()
                        + disk.request("vm" + random.nextInt(3), bytes).toNanos();
                long length = DiskQueue.ACCESS.toNanos()
                        + bytes * 1_000_000_000L / DiskQueue.BYTES_PER_SECOND;
                assertThat(until - length).as("seed %d", seed).isGreaterThanOrEqualTo(time.now());
                served.add(new Service(until - length, until));
            }
            served.sort(Comparator.comparingLong(Service::from));
            for (int i = 1; i < served.size(); i++) {
                assertThat(served.get(i).from())
                        .as("seed %d limit %d", seed, limit)
                        .isGreaterThanOrEqualTo(served.get(i - 1).until());
            }
        }
    }

    @Test
    void whatWasTransferredIsCountedForEachMachine() {
        DiskQueue disk = new DiskQueue(time, 0);
        disk.request("vm1", 1000);
        disk.request("vm1", 500);
        disk.request("vm2", 1);

        assertThat(disk.transferred("vm1")).isEqualTo(1500);
        assertThat(disk.transferred("vm2")).isEqualTo(1);
        assertThat(disk.transferred("vm3")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, DiskQueue.MAXIMUM_REQUEST + 1})
    void requestsOutOfRangeAreRefused(int bytes) {
        DiskQueue disk = new DiskQueue(time, 0);

        assertThatThrownBy(() -> disk.request("vm1", bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(bytes));
    }

    @Test
    void aNegativeLimitIsRefused() {
        assertThatThrownBy(() -> new DiskQueue(time, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
