package cofferdam.monitor.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Timeline.Timer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

@Timeout(60)
class RealTimeTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final RealTime time = new RealTime();
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void close() {
        time.close();
    }

    @Test
    void theClockIsThatOfTheComputer() {
        Instant before = Instant.now();
        Instant told = Instant.EPOCH.plusNanos(time.now());
        assertThat(Duration.between(before, told).abs()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void theClockNeverGoesBack() {
        long last = time.now();
        for (int i = 0; i < 100_000; i++) {
            long now = time.now();
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
    }

    @Test
    void runsActionsInTheOrderOfTheirTimes() {
        time.after(Duration.ofMillis(9), () -> ran.add("third"));
        time.after(Duration.ofMillis(1), () -> ran.add("first"));
        time.after(Duration.ofMillis(5), () -> ran.add("second"));
        assertThat(time.await(() -> ran.size() == 3, LONG)).isTrue();
        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void runsNothingBeforeItsTime() {
        long begin = time.now();
        time.after(Duration.ofMillis(30), () -> ran.add("done"));
        time.await(() -> !ran.isEmpty(), LONG);
        assertThat(time.now() - begin).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    void waitsTheWholeLimitForAConditionThatNeverHolds() {
        long begin = time.now();
        assertThat(time.await(() -> false, Duration.ofMillis(20))).isFalse();
        assertThat(time.now() - begin).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void waitsWithoutTurningRound() {
        int[] looked = new int[1];
        time.await(
                () -> {
                    looked[0]++;
                    return false;
                },
                Duration.ofMillis(300));
        assertThat(looked[0]).isLessThan(10);
    }

    @Test
    void looksAtTheConditionAfterEveryAction() {
        for (String name : List.of("a", "b", "c")) {
            time.post(() -> ran.add(name));
        }
        time.await(() -> ran.contains("b"), LONG);
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void runsWhatIsReadyEvenWithoutTime() {
        time.post(() -> ran.add("posted"));
        time.await(() -> false, Duration.ZERO);
        assertThat(ran).containsExactly("posted");
    }

    @Test
    void workWithoutEndDoesNotOutliveTheLimit() {
        again();
        assertThat(time.await(() -> false, Duration.ofMillis(20))).isFalse();
    }

    private void again() {
        time.post(this::again);
    }

    @Test
    void aCancelledActionDoesNotRun() {
        Timer timer = time.after(Duration.ofMillis(1), () -> ran.add("cancelled"));
        timer.cancel();
        timer.cancel();
        time.await(() -> false, Duration.ofMillis(20));
        assertThat(ran).isEmpty();
    }

    @Test
    void aNestedWaitRunsEachActionOnceAndTheOuterTheRest() {
        time.post(() -> {
            ran.add("outer begins");
            time.await(() -> ran.contains("inner"), LONG);
            ran.add("outer ends");
        });
        time.post(() -> ran.add("inner"));
        time.post(() -> ran.add("after"));
        time.await(() -> ran.contains("after"), LONG);
        assertThat(ran).containsExactly("outer begins", "inner", "outer ends", "after");
    }

    @Test
    void aTimerThatWaitsForALaterTimerSeesIt() {
        time.after(Duration.ofMillis(1), () -> {
            boolean held = time.await(() -> ran.contains("later"), LONG);
            ran.add("held " + held);
        });
        time.after(Duration.ofMillis(5), () -> ran.add("later"));
        time.await(() -> ran.size() == 2, LONG);
        assertThat(ran).containsExactly("later", "held true");
    }

    @Test
    void whatAnActionThrowsComesOutAndTheLoopGoesOn() {
        time.post(() -> {
            throw new IllegalArgumentException("broken");
        });
        time.post(() -> ran.add("next"));
        assertThatThrownBy(() -> time.await(() -> false, LONG)).hasMessage("broken");
        assertThat(time.await(() -> ran.contains("next"), LONG)).isTrue();
    }

    @Test
    void neitherTimersNorChannelsNorWorkStarveEachOther() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        int[] counts = new int[3];
        Watch watch = time.watch(pipe.source(), new Ready() {
            @Override
            public void readable() {
                counts[0]++;
            }
        });
        watch.reading(true);
        endlessly(() -> counts[1]++);
        endlesslyPosted(() -> counts[2]++);
        time.await(() -> false, Duration.ofMillis(100));
        assertThat(counts).doesNotContain(0);
        assertThat(counts[0]).isGreaterThan(counts[1] / 10);
        assertThat(counts[2]).isGreaterThan(counts[1] / 10);
        watch.close();
        pipe.source().close();
        pipe.sink().close();
    }

    private void endlessly(Runnable action) {
        action.run();
        time.after(Duration.ZERO, () -> endlessly(action));
    }

    private void endlesslyPosted(Runnable action) {
        action.run();
        time.post(() -> endlesslyPosted(action));
    }

    @Test
    void workOfAnotherThreadWakesTheLoopAndRunsOnTheWaitingThread() throws InterruptedException {
        AtomicReference<Thread> where = new AtomicReference<>();
        Thread other =
                Thread.ofPlatform().start(() -> time.post(() -> where.set(Thread.currentThread())));
        assertThat(time.await(() -> where.get() != null, LONG)).isTrue();
        assertThat(where).hasValue(Thread.currentThread());
        other.join();
    }

    @Test
    void workForWhichThereIsNoRoomIsRefused() {
        for (int i = 0; i < RealTime.MAXIMUM_POSTED; i++) {
            assertThat(time.post(() -> {})).isTrue();
        }
        assertThat(time.post(() -> {})).isFalse();
    }

    @Test
    void aSecondThreadMayNotWaitMeanwhile() throws InterruptedException {
        CountDownLatch within = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                within.await();
                time.await(() -> true, LONG);
            } catch (IllegalStateException | InterruptedException refused) {
                failure.set(refused);
            }
        });
        time.post(within::countDown);
        time.await(() -> failure.get() != null, LONG);
        other.join();
        assertThat(failure.get()).hasMessageContaining("waits already");
    }

    @Test
    void aWatchIsCalledWhenItsChannelIsReadyAndNotAfterItsEnd() throws IOException {
        Pipe pipe = Pipe.open();
        Watch watch = time.watch(pipe.source(), new Ready() {
            @Override
            public void readable() {
                ran.add("readable");
            }
        });
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        time.await(() -> false, Duration.ofMillis(10));
        assertThat(ran).as("without interest").isEmpty();
        watch.reading(true);
        assertThat(time.await(() -> !ran.isEmpty(), LONG)).isTrue();
        watch.close();
        ran.clear();
        time.await(() -> false, Duration.ofMillis(10));
        assertThat(ran).as("after the end").isEmpty();
        pipe.source().close();
        pipe.sink().close();
    }

    @Test
    void aHandlerThatWaitsIsCalledAgainForTheSameChannel() throws IOException {
        Pipe pipe = Pipe.open();
        Watch watch = time.watch(pipe.source(), new Ready() {
            @Override
            public void readable() {
                ran.add("called");
                if (ran.size() == 1) {
                    time.await(() -> ran.size() == 2, LONG);
                }
            }
        });
        watch.reading(true);
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        assertThat(time.await(() -> ran.size() >= 2, LONG)).isTrue();
        watch.close();
        pipe.source().close();
        pipe.sink().close();
    }

    @Test
    void anInterruptedThreadDoesNotWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> time.await(() -> false, LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aClosedLoopRefusesToWaitAndToTakeWork() {
        time.close();
        assertThat(time.post(() -> {})).isFalse();
        assertThatThrownBy(() -> time.await(() -> true, LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void anActionMayCloseTheLoop() {
        time.post(time::close);
        assertThatThrownBy(() -> time.await(() -> false, LONG)).hasMessageContaining("closed");
    }

    @Test
    void refusesATimeInThePast() {
        assertThatThrownBy(() -> time.after(Duration.ofNanos(-1), () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.000000001S");
    }

    @Test
    void theNumberOfTimersIsBounded() {
        for (int i = 0; i < RealTime.MAXIMUM_PENDING; i++) {
            time.after(Duration.ofDays(1), () -> {});
        }
        assertThatThrownBy(() -> time.after(Duration.ZERO, () -> {}))
                .hasMessageContaining("1000000");
    }
}
