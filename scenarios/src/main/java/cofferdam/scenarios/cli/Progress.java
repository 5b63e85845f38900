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

    private final boolean wanted;
    private final int total;
    private final long begin = System.nanoTime();
    private int done;
    private @Nullable ProgressBar bar;

    Progress(boolean wanted, int total) {
        this.wanted = wanted
                && Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent();
        this.total = total;
    }

    synchronized void step() {
        done++;
        if (wanted && bar == null && System.nanoTime() - begin > PATIENCE_NANOS) {
            bar = new ProgressBarBuilder()
                    .setTaskName("runs")
                    .setInitialMax(total)
                    .setUpdateIntervalMillis(200)
                    .clearDisplayOnFinish()
                    .build();
        }
        if (bar != null) {
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
