package cofferdam.scenarios.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.util.Optional;

/**
 * A progress bar that appears on a terminal's standard error only when the work takes over a
 * second.
 */
final class Progress implements AutoCloseable {

    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private static final long MEBIBYTE = 1 << 20;

    private final boolean wanted;
    private final ProgressBarBuilder look;
    private long total;
    private final long begin = System.nanoTime();
    private long done;
    private @Nullable ProgressBar bar;

    private Progress(boolean wanted, ProgressBarBuilder look, long total) {
        this.wanted = wanted
                && Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent();
        this.look = look.setUpdateIntervalMillis(200).clearDisplayOnFinish();
        this.total = total;
    }

    /** Counts runs. */
    static Progress ofRuns(boolean wanted, int total) {
        return new Progress(wanted, new ProgressBarBuilder().setTaskName("runs"), total);
    }

    /** Counts bytes, with the rate and the time left. */
    static Progress ofBytes(boolean wanted, String task, long total) {
        ProgressBarBuilder look = new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" MiB", MEBIBYTE)
                .showSpeed();
        return new Progress(wanted, look, total);
    }

    synchronized void step() {
        advance(1, 0);
    }

    /**
     * Goes on.
     *
     * @param more how much more is done
     * @param moreToDo how much more there is to do than was known
     */
    synchronized void advance(long more, long moreToDo) {
        done += more;
        total += moreToDo;
        if (wanted && bar == null && System.nanoTime() - begin > PATIENCE_NANOS) {
            bar = look.setInitialMax(total).build();
        }
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
