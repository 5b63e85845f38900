package cofferdam.monitor.guest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Programs.Execution;
import cofferdam.monitor.Programs.Stressor;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.evidence.Sha256;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class StressorsTest {

    private static final Canary SECRET = Canary.of(1, 2);

    @Test
    void endTheLeakingProgramWhenNothingIsLeftAndGoOn() throws Exception {
        Workbench bench = Workbench.booted(8);
        bench.kernel.remember(SECRET, 20);
        long before = bench.kernel.usage().used();
        Execution leak = bench.kernel.start(Stressor.MEMORY);
        long most = 0;
        long swapped = 0;

        while (!leak.ended() && bench.events.size() < 1_000) {
            bench.pass(Duration.ofMillis(50));
            most = Math.max(most, bench.kernel.usage().used());
            swapped = Math.max(swapped, bench.kernel.usage().swapped());
        }
        bench.pass(Duration.ofSeconds(10));

        assertThat(most).isGreaterThan((8L << 20) - (64 << 10));
        assertThat(swapped).isGreaterThan((4L << 20) - (512 << 10));
        assertThat(bench.events(Event.ProcessEnded.class))
                .singleElement()
                .matches(event -> event.outcome() == ProcessEnd.OUT_OF_MEMORY)
                .matches(event -> event.subject().equals("leak"));
        assertThat(bench.kernel.up()).isTrue();
        assertThat(bench.kernel.recall()).isEqualTo(SECRET.value());
        assertThat(bench.kernel.usage().used()).isLessThan(before + (64 << 10));
        GuestKernelTest.assertBeatsFollowTheChain(bench);
    }

    @Test
    void fillMemoryInSecondsRatherThanAtOnce() {
        Workbench bench = Workbench.booted(4);
        Execution leak = bench.kernel.start(Stressor.MEMORY);

        bench.seconds(3);
        assertThat(leak.ended()).isFalse();
        bench.seconds(5);
        assertThat(leak.ended()).isTrue();
    }

    @Test
    void writeMostlyTheSamePages() {
        Workbench bench = Workbench.booted(8);
        bench.kernel.start(Stressor.MEMORY);
        bench.pass(Duration.ofSeconds(2));
        Map<String, Integer> counts = new HashMap<>();
        for (int page = 0; page < bench.layout().pages(); page++) {
            if (bench.page(page)[0] != 0x5a) {
                counts.merge(Sha256.of(bench.page(page)), 1, Integer::sum);
            }
        }

        int alike = counts.get(Sha256.of(Ram.filled(0xa5a5_a5a5_a5a5_a5a5L)));

        assertThat(alike).isBetween(500, 1000);
    }

    @Test
    void delayTheHeartbeatByAFullTableOfProcesses() {
        Workbench bench = Workbench.booted(16);

        Execution fork = bench.kernel.start(Stressor.FORK);
        bench.seconds(20);

        assertThat(bench.kernel.up()).isTrue();
        List<Event.Heartbeat> beats = bench.events(Event.Heartbeat.class);
        assertThat(beats.size()).isBetween(18, 20);
        assertThat(beats.getLast().time() % 1_000_000_000L).isGreaterThan(100_000_000L);
        GuestKernelTest.assertBeatsFollowTheChain(bench);

        fork.stop();
        assertThat(fork.ended()).isTrue();
        assertThat(bench.events(Event.ProcessEnded.class))
                .singleElement()
                .matches(event -> event.outcome() == ProcessEnd.KILLED)
                .matches(event -> event.detail().equals("stopped, 509 processes in all"));
        assertThat(bench.kernel.start(Stressor.PROCESSOR).ended()).isFalse();
    }

    @Test
    void stopForkingInASmallMachineWithoutEndingAnybody() {
        Workbench bench = Workbench.booted(4);

        bench.kernel.start(Stressor.FORK);
        bench.seconds(20);

        assertThat(bench.kernel.up()).isTrue();
        assertThat(bench.events(Event.ProcessEnded.class)).hasSizeLessThan(20);
        GuestKernelTest.assertBeatsFollowTheChain(bench);
    }

    @Test
    void leaveNoRoomForTheProcessorToRest() {
        Workbench bench = Workbench.booted(4);

        bench.kernel.start(Stressor.PROCESSOR);
        bench.seconds(1);

        assertThat(bench.kernel.runnable()).isTrue();
        assertThat(bench.kernel.run(1_000_000)).isGreaterThanOrEqualTo(1_000_000);
        bench.seconds(2);
        assertThat(bench.events(Event.Heartbeat.class)).hasSize(3);
    }

    @Test
    void waitForTheDiskRatherThanComputeMeanwhile() {
        Workbench bench = Workbench.booted(4);
        bench.diskCycles = Cost.cycles(Duration.ofMillis(10).toNanos());

        bench.kernel.start(Stressor.DISK);
        bench.seconds(1);

        assertThat(bench.transferred).isBetween(900, 1200);
        assertThat(bench.cyclesTaken)
                .isLessThan(Cost.cycles(Duration.ofMillis(50).toNanos()));
    }

    @Test
    void sendAndAskForDatagrams() {
        Workbench bench = Workbench.booted(4);

        bench.kernel.start(Stressor.NETWORK_SEND);
        bench.kernel.start(Stressor.NETWORK_RECEIVE);
        bench.seconds(1);

        assertThat(bench.sent).isBetween(3_000, 5_000);
        assertThat(bench.asked).isBetween(3_000, 5_000);
    }

    @ParameterizedTest
    @EnumSource(Stressor.class)
    void leaveNothingBehindWhenTheyAreStopped(Stressor stressor) {
        Workbench bench = Workbench.booted(4);
        bench.seconds(5);
        long swap = bench.kernel.usage().swapped();
        long used = bench.kernel.usage().used();
        int pending = bench.pending();

        Execution program = bench.kernel.start(stressor);
        assertThat(program.ended()).isFalse();
        bench.seconds(1);
        program.stop();
        program.stop();

        assertThat(program.ended()).isTrue();
        assertThat(bench.pending()).isEqualTo(pending);
        bench.pass(Duration.ofMillis(1));
        assertThat(bench.kernel.runnable()).isFalse();
        assertThat(bench.kernel.usage().used()).isLessThanOrEqualTo(used);
        assertThat(bench.kernel.usage().swapped()).isLessThanOrEqualTo(swap + (1 << 20));
        assertThat(bench.events(Event.ProcessEnded.class)).hasSize(1);
    }

    @Test
    void endOnlyTheLargestWhenTwoLeak() {
        Workbench bench = Workbench.booted(4);
        List<Execution> leaks = new ArrayList<>();
        leaks.add(bench.kernel.start(Stressor.MEMORY));
        bench.seconds(1);
        leaks.add(bench.kernel.start(Stressor.MEMORY));

        while (bench.events(Event.ProcessEnded.class).isEmpty()) {
            bench.pass(Duration.ofMillis(20));
        }

        assertThat(leaks.get(0).ended()).isTrue();
        assertThat(leaks.get(1).ended()).isFalse();
    }
}
