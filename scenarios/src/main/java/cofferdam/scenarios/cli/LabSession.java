package cofferdam.scenarios.cli;

import cofferdam.monitor.live.RealTime;
import cofferdam.scenarios.lab.LabConsole;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A lab from its first command to its end. The calling thread is the lab's; another reads commands,
 * hands each over, and waits for the answer before it reads the next.
 */
final class LabSession {

    /** As good as for ever. */
    private static final Duration ENDLESS = Duration.ofDays(3650);

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

    /** Lives until the user or {@link #end} ends it. */
    void live(LabInput input) {
        try (input) {
            Thread.ofPlatform().daemon().name("lab-input").start(() -> readAll(input));
            time.await(() -> over || console.finished(), ENDLESS);
            console.finish().forEach(line -> input.print(Terminal.safe(line)));
        }
    }

    /** Ends it soon. May be called from any thread. */
    void end() {
        time.post(() -> over = true);
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
