package cofferdam.monitor.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The one thread that uses a program: keeps what is posted and runs it when told to. */
final class Posted implements Consumer<Runnable> {

    static final Limits PLENTY = new Limits(
            Duration.ofMinutes(1), Duration.ofMinutes(1), Limits.UNLIMITED, 1 << 20, 1 << 20);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    @Override
    public void accept(Runnable action) {
        queue.add(action);
    }

    ChildProcess start(WorkFolder folder, Limits limits, String... command) throws IOException {
        ProgramStart start =
                new ProgramStart("program", List.of(command), Map.of("COLOUR", "green"), limits);
        ChildProcess child = Supervisor.start(start, folder, this);
        child.output(received::writeBytes);
        return child;
    }

    ChildProcess shell(WorkFolder folder, String script) throws IOException {
        return start(folder, PLENTY, "sh", "-c", script);
    }

    String received() {
        return received.toString(UTF_8);
    }

    void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            Runnable action = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (action == null) {
                throw new AssertionError(
                        "waited in vain for %s; received '%s'".formatted(PATIENCE, received()));
            }
            action.run();
        }
    }

    String awaitEnd(ChildProcess child) throws InterruptedException {
        await(() -> child.ended().isPresent());
        return child.ended().orElseThrow();
    }
}
