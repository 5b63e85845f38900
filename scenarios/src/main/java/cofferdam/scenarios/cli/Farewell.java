package cofferdam.scenarios.cli;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the process end only after what is under way has ended, also after SIGINT and SIGTERM. Closed
 * when everything else is.
 */
final class Farewell implements AutoCloseable {

    /** How long the end of the process waits. */
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::endAndWait, "farewell");
    private volatile @Nullable Runnable end;

    Farewell() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @param asked asks what is under way to end; called by another thread, once at most */
    void by(Runnable asked) {
        end = asked;
    }

    private void endAndWait() {
        Runnable asked = end;
        if (asked == null) {
            return;
        }
        asked.run();
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook is what brought us here.
        }
    }
}
