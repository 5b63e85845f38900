package cofferdam.monitor.linux;

import cofferdam.monitor.RunningTime;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The testbed's end of the line to a guest's root. The guest's scripts say that they are
 * up, carry out commands and tell notices. A guest is hostile: what does not bear its nonce, is not
 * well-formed or was not asked for is thrown away, and too much of that breaks the console for good.
 */
final class GuestConsole implements GuestShell {

    /** The longest command, in bytes. */
    static final int MAXIMUM_COMMAND = 2 << 20;

    /** The most commands that wait or are carried out at once. */
    static final int MAXIMUM_CALLS = 256;

    /** What may come that nobody asked for, in bytes, at once and every second. */
    static final long MAXIMUM_NOISE = 1L << 20;

    static final long NOISE_EVERY_SECOND = 4L << 10;

    /** How many notices may come, at once and every second. */
    static final long MAXIMUM_NOTICES = 1000;

    static final long NOTICES_EVERY_SECOND = 50;

    private final RunningTime time;
    private final ConsoleLine line;
    private final Outbox outbox;
    private final Consumer<Notice> notices;
    private final String nonce;
    private final LineSplitter splitter;
    private final Allowance noise;
    private final Allowance noticed;
    private final Map<Long, GuestCall> calls = new LinkedHashMap<>();
    private final Deque<GuestCall> inTurn = new ArrayDeque<>();
    private final List<GuestCall> beforeUp = new ArrayList<>();
    private @Nullable GuestCall turn;
    private long numbers;
    private boolean up;
    private @Nullable String problem;

    /**
     * @param nonce as the guest was started with it, see {@link GuestPlan}
     * @param notices takes what the guest says by itself
     */
    GuestConsole(RunningTime time, ConsoleLine line, String nonce, Consumer<Notice> notices) {
        this.time = time;
        this.line = line;
        outbox = new Outbox(line);
        this.nonce = nonce;
        this.notices = notices;
        splitter = new LineSplitter(this::receive, () -> noise(ConsoleFrame.MAXIMUM_LINE));
        noise = new Allowance(time, MAXIMUM_NOISE, NOISE_EVERY_SECOND);
        noticed = new Allowance(time, MAXIMUM_NOTICES, NOTICES_EVERY_SECOND);
        line.listen(this::accept);
    }

    @Override
    public boolean ready() {
        return up && problem == null;
    }

    /** Why the console is of no use any more; empty while it is. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Carried out after the commands that were given before it, also if no answer came to those. */
    @Override
    public Call run(String command, Duration limit) {
        GuestCall call = create(command, limit, nobody -> {});
        if (!call.done()) {
            inTurn.add(call);
            sendNext();
        }
        return call;
    }

    /**
     * Has a command carried out beside all others, at once.
     *
     * @param whenDone told once, when an answer has come or none will
     */
    Call begin(String command, Duration limit, Consumer<Call> whenDone) {
        GuestCall call = create(command, limit, whenDone);
        if (call.done()) {
            return call;
        }
        if (up) {
            send(call);
        } else {
            beforeUp.add(call);
        }
        return call;
    }

    @Override
    public Result await(String command, Duration limit) throws IOException {
        Call call = run(command, limit);
        time.await(call::done, limit.plus(limit));
        return call.result();
    }

    @Override
    public byte[] bytes(String command, Duration limit) throws IOException {
        GuestCall call = (GuestCall) run(command, limit);
        time.await(call::done, limit.plus(limit));
        Result result = call.result();
        if (!result.succeeded()) {
            throw new IOException(
                    "'%s' ended with status %d".formatted(call.shown(), result.status()));
        }
        return call.bytes();
    }

    /** Nobody is at the far end any more, or shall be: no answer comes to anything. */
    void end(String reason) {
        if (problem != null) {
            return;
        }
        problem = reason;
        line.listen(bytes -> {});
        inTurn.clear();
        beforeUp.clear();
        turn = null;
        List<GuestCall> open = List.copyOf(calls.values());
        calls.clear();
        open.forEach(call -> call.finish(reason));
    }

    private GuestCall create(String command, Duration limit, Consumer<Call> whenDone) {
        GuestCall call = new GuestCall(++numbers, command, whenDone);
        String refusal = refusal(command);
        if (!refusal.isEmpty()) {
            call.finish(refusal);
            return call;
        }
        calls.put(call.number(), call);
        call.limit(time.after(limit, () -> expire(call, limit)));
        return call;
    }

    private String refusal(String command) {
        if (problem != null) {
            return problem;
        }
        if (calls.size() >= MAXIMUM_CALLS) {
            return "%d commands are on their way, the limit".formatted(MAXIMUM_CALLS);
        }
        int bytes = command.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAXIMUM_COMMAND) {
            return "it has %d bytes, more than %d".formatted(bytes, MAXIMUM_COMMAND);
        }
        // The guest's shell reads lines, and what begins a frame must not be in one.
        return command.chars().anyMatch(c -> c == 0 || c == ConsoleFrame.START || c == '\r')
                ? "it has a character that the line does not carry"
                : "";
    }

    private void expire(GuestCall call, Duration limit) {
        boolean sent = call.sent();
        if (sent) {
            kill(call);
        }
        finish(
                call,
                "%s within %s ms"
                        .formatted(
                                sent
                                        ? "no answer"
                                        : "not even begun, as the guest was not free for it,",
                                limit.toMillis()));
    }

    private void finish(GuestCall call, String reason) {
        calls.remove(call.number());
        inTurn.remove(call);
        beforeUp.remove(call);
        if (turn == call) {
            turn = null;
        }
        call.finish(reason);
        sendNext();
    }

    private void sendNext() {
        if (ready() && turn == null && !inTurn.isEmpty()) {
            turn = inTurn.remove();
            send(turn);
        }
    }

    private void send(GuestCall call) {
        List<byte[]> pieces =
                Outbox.pieces((call.command() + '\n').getBytes(StandardCharsets.UTF_8));
        List<byte[]> lines = new ArrayList<>();
        lines.add(header("run %d %d".formatted(call.number(), pieces.size())));
        lines.addAll(pieces);
        call.onItsWay(outbox.add(call::markSent, lines));
    }

    private void kill(GuestCall call) {
        outbox.add(() -> {}, List.of(header("kill " + call.number())));
    }

    private byte[] header(String message) {
        return "%c%s %d %s\n"
                .formatted(ConsoleFrame.START, nonce, message.length(), message)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void accept(byte[] bytes) {
        if (problem == null) {
            splitter.accept(bytes);
        }
    }

    private void receive(String text) {
        if (problem != null) {
            return;
        }
        Optional<ConsoleFrame> frame = ConsoleFrame.in(text, nonce);
        if (frame.isEmpty()) {
            noise(text.length() + 1L);
            return;
        }
        receive(frame.get(), text.length() + 1L);
    }

    private void receive(ConsoleFrame frame, long bytes) {
        switch (frame) {
            case ConsoleFrame.Up() -> begin(bytes);
            case ConsoleFrame.Taken taken -> {
                if (!outbox.taken(taken.lines())) {
                    noise(bytes);
                }
            }
            case ConsoleFrame.Data data -> {
                GuestCall call = asked(data.call(), bytes);
                if (call != null) {
                    String wrong = call.accept(data);
                    if (!wrong.isEmpty()) {
                        kill(call);
                        finish(call, wrong);
                    }
                }
            }
            case ConsoleFrame.End end -> {
                GuestCall call = asked(end.call(), bytes);
                if (call != null) {
                    finish(call, call.accept(end));
                }
            }
            case ConsoleFrame.Refused refused -> {
                GuestCall call = asked(refused.call(), bytes);
                if (call != null) {
                    finish(call, "the guest did not get it whole");
                }
            }
            case ConsoleFrame.Said said -> tell(said.notice(), bytes);
        }
    }

    private void begin(long bytes) {
        if (up) {
            noise(bytes);
            return;
        }
        up = true;
        List<GuestCall> waiting = List.copyOf(beforeUp);
        beforeUp.clear();
        waiting.forEach(this::send);
        sendNext();
    }

    /** The command that has this number, if one that has is being carried out. */
    private @Nullable GuestCall asked(long number, long bytes) {
        GuestCall call = calls.get(number);
        if (call == null || !call.sent()) {
            noise(bytes);
            return null;
        }
        return call;
    }

    private void tell(Notice notice, long bytes) {
        if (!up) {
            noise(bytes);
            return;
        }
        if (!noticed.take(1)) {
            end("the guest floods its console with notices");
            return;
        }
        notices.accept(notice);
    }

    private void noise(long bytes) {
        if (!noise.take(bytes)) {
            end("the guest floods its console");
        }
    }
}
