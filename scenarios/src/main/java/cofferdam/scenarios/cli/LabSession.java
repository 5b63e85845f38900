package cofferdam.scenarios.cli;

import cofferdam.monitor.live.RealTime;
import cofferdam.scenarios.lab.LabConsole;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A lab from its first command to its end. The calling thread is the lab's; another reads commands,
 * hands each over, and waits for the answer before it reads the next.
 */
final class LabSession {

    /** As good as for ever. */
    private static final Duration ENDLESS = Duration.ofDays(3650);

    /** How long the end of the process waits for the end of the lab. */
    private static final long FAREWELL_SECONDS = 10;

    private final RealTime time;
    private final LabConsole console;
    private final Duration after;
    private boolean over;

    /** @param after how long the lab lives after the last command */
    LabSession(RealTime time, LabConsole console, Duration after) {
        this.time = time;
        this.console = console;
        this.after = after;
    }

    /** Lives until the user or a signal ends it. */
    void live(LabInput input) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread interrupted = new Thread(() -> farewell(ended), "lab-end");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try (input) {
            Thread.ofPlatform().daemon().name("lab-input").start(() -> readAll(input));
            time.await(() -> over || console.finished(), ENDLESS);
            console.finish().forEach(line -> input.print(Terminal.safe(line)));
        } finally {
            ended.countDown();
            keepShutdownHookFrom(interrupted);
        }
    }

    /** Runs when the process is about to end, as after SIGINT. */
    private void farewell(CountDownLatch ended) {
        try {
            if (time.post(() -> over = true)) {
                ended.await(FAREWELL_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void keepShutdownHookFrom(Thread running) {
        try {
            Runtime.getRuntime().removeShutdownHook(running);
        } catch (IllegalStateException shuttingDown) {
            // It is what brought us here.
        }
    }

    private void readAll(LabInput input) {
        for (Optional<String> line = input.next(); line.isPresent(); line = input.next()) {
            Optional<List<String>> answer = answer(line.get());
            if (answer.isEmpty()) {
                return;
            }
            answer.get().forEach(each -> input.print(Terminal.safe(each)));
        }
        time.post(() -> time.after(after, () -> over = true));
    }

    /** The lab's answer; empty if the lab has ended. */
    private Optional<List<String>> answer(String line) {
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        boolean taken = time.post(() -> answer.complete(console.execute(line)));
        return taken ? Optional.of(answer.join()) : Optional.empty();
    }
}
