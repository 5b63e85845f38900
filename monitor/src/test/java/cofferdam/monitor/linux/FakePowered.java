package cofferdam.monitor.linux;

import cofferdam.monitor.RunningTime;
import cofferdam.monitor.guest.tcp.VirtualTime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A guest that starts or does not, and answers commands, as a test says. */
final class FakePowered implements PoweredGuest, GuestShell, RunningTime {

    /** What the hypervisor says at the next starts; nothing means that they succeed. */
    final Deque<String> refusals = new ArrayDeque<>();

    final List<String> commands = new ArrayList<>();
    final List<Boolean> startedWithDisk = new ArrayList<>();

    /** What the guest answers; nothing means that it does not. */
    Function<String, Optional<Result>> answers = command -> Optional.of(new Result(0, ""));

    boolean late;
    boolean endsByItself = true;
    boolean on;
    boolean up;
    private boolean hasDisk;
    private final VirtualTime time = new VirtualTime();

    @Override
    public String name() {
        return "vm1";
    }

    @Override
    public boolean isOn() {
        return on;
    }

    @Override
    public boolean isUp() {
        return on && up;
    }

    @Override
    public void disk(Optional<GuestDisk> given) {
        hasDisk = given.isPresent();
    }

    @Override
    public void start() throws IOException {
        startedWithDisk.add(hasDisk);
        String refusal = refusals.poll();
        if (refusal != null && !refusal.isEmpty()) {
            throw new IOException(refusal);
        }
        on = true;
    }

    @Override
    public Optional<String> awaitStart() throws IOException {
        if (late) {
            on = false;
            throw new IOException("vm1 was not up after 60 seconds");
        }
        up = true;
        return Optional.empty();
    }

    @Override
    public GuestShell shell() throws IOException {
        if (!on) {
            throw new IOException("vm1 is off");
        }
        return this;
    }

    @Override
    public boolean awaitEnd(Duration limit) {
        cut();
        return endsByItself;
    }

    @Override
    public void cut() {
        on = false;
        up = false;
    }

    @Override
    public boolean ready() {
        return up;
    }

    @Override
    public Call run(String command, Duration limit) {
        commands.add(command);
        return new Call() {
            @Override
            public boolean done() {
                return false;
            }

            @Override
            public Result result() throws IOException {
                throw new IOException("no answer");
            }
        };
    }

    @Override
    public Result await(String command, Duration limit) throws IOException {
        commands.add(command);
        return answers.apply(command).orElseThrow(() -> new IOException("no answer"));
    }

    @Override
    public byte[] bytes(String command, Duration limit) throws IOException {
        throw new IOException("no answer");
    }

    @Override
    public long now() {
        return time.now();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return time.after(delay, action);
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        return time.until(condition, limit);
    }
}
