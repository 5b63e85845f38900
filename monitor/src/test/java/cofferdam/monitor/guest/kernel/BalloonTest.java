package cofferdam.monitor.guest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.memory.MemoryUsage;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class BalloonTest {

    private static final Canary SECRET = Canary.of(1, 2);

    @Test
    void givesPagesThatNobodyNeeds() throws Exception {
        Workbench bench = Workbench.booted(8);
        bench.kernel.remember(SECRET, 30);
        MemoryUsage before = bench.kernel.usage();

        List<Integer> pages = bench.kernel.inflate(700);

        assertThat(pages).hasSize(700).doesNotHaveDuplicates();
        assertThat(pages).doesNotContainAnyElementsOf(bench.kernel.secretPages());
        assertThat(bench.kernel.usage().ballooned()).isEqualTo(700L * Ram.PAGE);
        assertThat(bench.kernel.usage().used()).isLessThanOrEqualTo(before.used());
        for (int page : pages) {
            assertThat(page).isGreaterThanOrEqualTo(bench.layout().firstFree());
            bench.overwrite(Ram.address(page), Ram.PAGE, 0xee);
        }
        bench.seconds(12);
        assertThat(bench.kernel.recall()).isEqualTo(SECRET.value());
        assertThat(bench.events(Event.Heartbeat.class)).hasSize(12);
        for (int page : pages) {
            assertThat(bench.page(page)).containsOnly(0xee);
        }
    }

    @Test
    void dropsTheCacheAndSwapsForTheMonitorButEndsNothing() throws Exception {
        Workbench bench = Workbench.booted(4);
        bench.kernel.remember(SECRET, 300);

        List<Integer> pages = bench.kernel.inflate(1_000_000);

        assertThat(pages.size()).isBetween(500, 900);
        assertThat(bench.kernel.usage().swapped()).isPositive();
        assertThat(bench.kernel.inflate(1)).isEmpty();
        bench.seconds(3);
        assertThat(bench.kernel.recall()).isEqualTo(SECRET.value());
        assertThat(bench.events(Event.ProcessEnded.class)).isEmpty();
        assertThat(bench.kernel.up()).isTrue();
    }

    @Test
    void getsBackWhatItGave() {
        Workbench bench = Workbench.booted(4);
        long used = bench.kernel.usage().used();
        List<Integer> given = new ArrayList<>(bench.kernel.inflate(100));

        List<Integer> back = bench.kernel.deflate(40);
        assertThat(given).containsAll(back);
        assertThat(back).hasSize(40);
        assertThat(bench.kernel.deflate(1_000)).hasSize(60);

        assertThat(bench.kernel.deflate(1)).isEmpty();
        assertThat(bench.kernel.usage().ballooned()).isZero();
        assertThat(bench.kernel.usage().used()).isEqualTo(used);
    }

    @Test
    void hasNothingToGiveWhileTheKernelIsAtWorkOnItsTables() {
        Workbench bench = Workbench.booted(4);
        List<Integer> given = new ArrayList<>(List.of(-1));

        bench.kernel.serve(1, () -> {
            given.clear();
            given.addAll(bench.kernel.inflate(5));
        });
        bench.seconds(1);

        assertThat(given).isEmpty();
        assertThat(bench.kernel.inflate(5)).hasSize(5);
        assertThat(bench.kernel.inflate(-1)).isEmpty();
        assertThat(bench.kernel.deflate(-1)).isEmpty();
    }
}
