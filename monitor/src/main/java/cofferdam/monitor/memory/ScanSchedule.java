package cofferdam.monitor.memory;

import cofferdam.monitor.Timeline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.IntConsumer;

/** Lets a scanner do its part every 10 ms while there is anything to scan. */
final class ScanSchedule {

    private static final int PARTS_PER_SECOND = 100;
    private static final Duration INTERVAL = Duration.ofSeconds(1).dividedBy(PARTS_PER_SECOND);

    private final Timeline timeline;
    private final int rate;
    private final IntConsumer scan;
    private Timeline.@Nullable Timer timer;
    private int rest;

    /** Scans so many pages a second. */
    ScanSchedule(Timeline timeline, int rate, IntConsumer scan) {
        this.timeline = timeline;
        this.rate = rate;
        this.scan = scan;
    }

    /** Goes on from now, if it does not yet. */
    void start() {
        if (timer == null) {
            timer = timeline.after(INTERVAL, this::part);
        }
    }

    private void part() {
        timer = timeline.after(INTERVAL, this::part);
        rest += rate;
        int pages = rest / PARTS_PER_SECOND;
        rest %= PARTS_PER_SECOND;
        scan.accept(pages);
    }

    /** Nothing happens any more. */
    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
