package cofferdam.monitor.live;

import cofferdam.monitor.RunningTime;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.BooleanSupplier;

/**
 * The clock of a host that lives in real time, and the loop that everything of it runs in: timers,
 * channels that became ready, and work that other threads posted. They take turns, so that none of
 * the three starves another. Nothing runs but while somebody waits, and it runs on the waiting
 * thread.
 *
 * <p>One thread may wait at a time. While it does, other threads may only {@link #post}.
 */
public final class RealTime implements RunningTime, AutoCloseable {

    /** The most timers that may be pending at once. */
    static final int MAXIMUM_PENDING = 1_000_000;

    /** The most posted work that may wait at once. */
    static final int MAXIMUM_POSTED = 65_536;

    /**
     * The most actions that are run after a limit has passed, when they were ready: a computer that
     * stood still for a moment must not turn an answer that is there into none.
     */
    static final int LAST_ACTIONS = 256;

    private static final long NANOSECONDS_A_MILLISECOND = 1_000_000;
    private static final long NANOSECONDS_A_SECOND = 1_000_000_000;
    private static final int SOURCES = 3;

    private final Selector selector;
    private final long wallClock;
    private final long started;
    private final TreeSet<PendingTimer> timers = new TreeSet<>();
    private final Queue<Watch> ready = new ArrayDeque<>();
    private final Queue<Runnable> posted = new ArrayBlockingQueue<>(MAXIMUM_POSTED);
    private long given;
    private int turn;
    private volatile @Nullable Thread waiting;
    private volatile boolean closed;

    /**
     * A clock that begins with the computer's.
     *
     * @throws UncheckedIOException if the system gives no selector
     */
    public RealTime() {
        try {
            selector = Selector.open();
        } catch (IOException failed) {
            throw new UncheckedIOException("no selector: " + failed.getMessage(), failed);
        }
        Instant now = Instant.now();
        wallClock = now.getEpochSecond() * NANOSECONDS_A_SECOND + now.getNano();
        started = System.nanoTime();
    }

    @Override
    public long now() {
        return wallClock + (System.nanoTime() - started);
    }

    /**
     * Runs the action once, after the delay, when somebody waits; up to a millisecond late, and
     * later where the computer is busy.
     *
     * @throws IllegalArgumentException if the delay is negative
     * @throws IllegalStateException if a million timers are pending, or another thread waits
     */
    @Override
    public Timer after(Duration delay, Runnable action) {
        requireOwnThread();
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay %s is negative".formatted(delay));
        }
        if (timers.size() >= MAXIMUM_PENDING) {
            throw new IllegalStateException(
                    "more than %d actions are pending".formatted(MAXIMUM_PENDING));
        }
        PendingTimer pending =
                new PendingTimer(Math.addExact(now(), delay.toNanos()), given++, action);
        timers.add(pending);
        return () -> timers.remove(pending);
    }

    /**
     * Runs what is due until the condition holds or the limit has passed. The condition is looked at
     * first, and after every action. What an action throws comes out here; the loop stays usable.
     *
     * @return whether the condition held
     * @throws IllegalStateException if the loop is closed, another thread waits, or the thread was
     *     interrupted; it stays so
     */
    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        requireOwnThread();
        long deadline = Math.addExact(now(), limit.toNanos());
        boolean outermost = waiting == null;
        waiting = Thread.currentThread();
        try {
            return run(condition, deadline);
        } finally {
            if (outermost) {
                waiting = null;
            }
        }
    }

    /**
     * Has the work done by the loop, on the thread that waits. May be called from any thread and
     * never blocks.
     *
     * @return whether it was taken; not if the loop is closed, or has 65,536 pieces of work to do
     */
    public boolean post(Runnable work) {
        if (closed || !posted.offer(work)) {
            return false;
        }
        selector.wakeup();
        return true;
    }

    /**
     * Looks at the channel, which becomes non-blocking, from now on. The watch has no interest at
     * first. Whoever closes the channel closes the watch before.
     *
     * @throws IOException if the channel is closed or cannot be selected
     * @throws IllegalStateException if the loop is closed, or another thread waits
     */
    public Watch watch(SelectableChannel channel, Ready ready) throws IOException {
        requireOwnThread();
        requireOpen();
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, 0);
        Watch watch = new Watch(this, key, ready);
        key.attach(watch);
        return watch;
    }

    /** Whether the loop has ended; may be called from any thread. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends the loop: pending actions do not run, and waiting is no longer possible. */
    @Override
    public void close() {
        closed = true;
        timers.clear();
        ready.clear();
        posted.clear();
        try {
            selector.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("selector not closed: " + failed.getMessage(), failed);
        }
    }

    void queue(Watch watch) {
        ready.add(watch);
    }

    /** Has the system let go of channels whose watch ended. */
    void forgetCancelled() {
        if (!closed) {
            collectReady();
        }
    }

    private boolean run(BooleanSupplier condition, long deadline) {
        int last = LAST_ACTIONS;
        while (true) {
            requireOpen();
            if (condition.getAsBoolean()) {
                return true;
            }
            requireUninterrupted();
            boolean late = now() - deadline >= 0;
            if (late && last-- == 0) {
                return false;
            }
            if (!runOne()) {
                if (late) {
                    return false;
                }
                select(deadline);
            }
        }
    }

    /** Runs one action, of the source whose turn it is or the next that has one. */
    private boolean runOne() {
        for (int tried = 0; tried < SOURCES; tried++) {
            int source = turn;
            turn = (turn + 1) % SOURCES;
            boolean ran = switch (source) {
                case 0 -> runTimer();
                case 1 -> runPosted();
                default -> runReady();
            };
            if (ran) {
                return true;
            }
        }
        return false;
    }

    private boolean runTimer() {
        if (timers.isEmpty() || timers.first().time() - now() > 0) {
            return false;
        }
        timers.removeFirst().action().run();
        return true;
    }

    private boolean runPosted() {
        Runnable work = posted.poll();
        if (work == null) {
            return false;
        }
        work.run();
        return true;
    }

    private boolean runReady() {
        if (ready.isEmpty()) {
            collectReady();
        }
        while (true) {
            Watch next = ready.poll();
            if (next == null) {
                return false;
            }
            if (next.runOne()) {
                return true;
            }
        }
    }

    private void collectReady() {
        try {
            selector.selectNow(RealTime::selected);
        } catch (IOException failed) {
            throw new UncheckedIOException("select failed: " + failed.getMessage(), failed);
        }
    }

    /** Waits until a channel is ready, work is posted, or the next timer or the deadline is due. */
    private void select(long deadline) {
        long until =
                timers.isEmpty() ? deadline : Math.min(deadline, timers.first().time());
        long wait = until - now();
        if (wait <= 0) {
            return;
        }
        try {
            selector.select(RealTime::selected, 1 + (wait - 1) / NANOSECONDS_A_MILLISECOND);
        } catch (IOException failed) {
            throw new UncheckedIOException("select failed: " + failed.getMessage(), failed);
        }
    }

    private static void selected(SelectionKey key) {
        if (key.attachment() instanceof Watch watch) {
            watch.selected();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the real time loop is closed");
        }
    }

    private void requireOwnThread() {
        Thread loop = waiting;
        if (loop != null && loop != Thread.currentThread()) {
            throw new IllegalStateException("thread '%s' waits already; thread '%s' may only post"
                    .formatted(loop.getName(), Thread.currentThread().getName()));
        }
    }

    /** An interrupted thread's selector returns at once, again and again. */
    private static void requireUninterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("thread '%s' was interrupted"
                    .formatted(Thread.currentThread().getName()));
        }
    }

    private record PendingTimer(long time, long order, Runnable action)
            implements Comparable<PendingTimer> {

        @Override
        public int compareTo(PendingTimer other) {
            return time == other.time
                    ? Long.compare(order, other.order)
                    : Long.compare(time, other.time);
        }
    }
}
