package cofferdam.monitor.qemu;

import cofferdam.monitor.live.RealTime;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The client of the QEMU Machine Protocol, by which QEMU is told what to do while it runs: JSON
 * documents, one a line, in both directions (QEMU Machine Protocol Specification, docs/interop/
 * qmp-spec). QEMU is not trusted: a line of more than 1 MiB, or one that is no JSON object, ends the
 * conversation, and answers to nothing are dropped.
 */
final class Qmp implements AutoCloseable {

    /** The longest line taken, in bytes. */
    static final int MAXIMUM_LINE = 1 << 20;

    /** The most commands that may wait for their answers. */
    static final int MAXIMUM_PENDING = 64;

    private static final int LONGEST_TEXT = 300;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final RealTime time;
    private final SocketLine line;
    private final Consumer<Event> events;
    private final Map<Long, Answer> pending = new LinkedHashMap<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private long commands;
    private boolean ready;
    private @Nullable String broken;

    /**
     * Something that QEMU tells by itself.
     *
     * @param name such as {@code SHUTDOWN}
     * @param data what comes with it; an empty document if nothing does
     */
    record Event(String name, JsonNode data) {}

    /** @param events takes what QEMU tells by itself */
    Qmp(RealTime time, SocketLine line, Consumer<Event> events) {
        this.time = time;
        this.line = line;
        this.events = events;
        line.listen(this::received);
    }

    /** Whether QEMU has agreed to take commands, which it does when its machine is built. */
    boolean isReady() {
        return ready;
    }

    /** Whether nothing comes of it any more. */
    boolean isOver() {
        return broken != null || line.isOver();
    }

    /**
     * Has QEMU do something, and waits for its answer.
     *
     * @return what it answers
     * @throws IOException if it refuses, does not answer in time, or talks no more
     */
    JsonNode call(String command, Map<String, ?> arguments, Duration limit) throws IOException {
        time.await(() -> ready || isOver(), limit);
        requireReady(command);
        Answer answer = new Answer();
        long number = send(command, arguments, answer);
        time.await(() -> answer.isThere() || isOver(), limit);
        pending.remove(number);
        return answer.result()
                .orElseThrow(() -> new IOException(answer.refusal()
                        .map(refusal -> "QEMU refused '%s': %s".formatted(command, refusal))
                        .orElseGet(() -> unanswered(command, limit))));
    }

    /** Has QEMU do something whenever it gets to it, whatever it answers. */
    void tell(String command, Map<String, ?> arguments) {
        if (ready && !isOver()) {
            send(command, arguments, null);
        }
    }

    @Override
    public void close() {
        line.close();
    }

    private String unanswered(String command, Duration limit) {
        return isOver()
                ? "QEMU ended before it answered '%s'%s".formatted(command, reason())
                : "QEMU did not answer '%s' within %d s".formatted(command, limit.toSeconds());
    }

    private void requireReady(String command) throws IOException {
        if (isOver()) {
            throw new IOException("QEMU takes no '%s' any more%s".formatted(command, reason()));
        }
        if (!ready) {
            throw new IOException("QEMU was not ready for '%s' in time".formatted(command));
        }
        if (pending.size() >= MAXIMUM_PENDING) {
            throw new IOException(
                    "%d commands wait for QEMU's answer already".formatted(pending.size()));
        }
    }

    private String reason() {
        return broken == null ? "" : ": " + broken;
    }

    private long send(String command, Map<String, ?> arguments, @Nullable Answer answer) {
        long number = commands++;
        if (answer != null) {
            pending.put(number, answer);
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("execute", command);
        if (!arguments.isEmpty()) {
            request.put("arguments", arguments);
        }
        request.put("id", number);
        line.send((MAPPER.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8));
        return number;
    }

    private void received(byte[] bytes) {
        for (byte each : bytes) {
            if (broken != null) {
                return;
            }
            if (each == '\n') {
                String document = received.toString(StandardCharsets.UTF_8).strip();
                received.reset();
                understand(document);
            } else {
                received.write(each);
            }
            if (received.size() > MAXIMUM_LINE) {
                end("it sent a line of more than %d bytes".formatted(MAXIMUM_LINE));
            }
        }
    }

    private void understand(String document) {
        if (document.isEmpty()) {
            return;
        }
        try {
            JsonNode node = MAPPER.readTree(document);
            if (!node.isObject()) {
                end("it sent something that is no JSON object");
                return;
            }
            understand(node);
        } catch (JacksonException malformed) {
            end("it sent something that is no JSON");
        }
    }

    private void understand(JsonNode node) {
        if (node.has("QMP")) {
            Answer agreed = new Answer(() -> ready = true);
            send("qmp_capabilities", Map.of(), agreed);
        } else if (node.has("event")) {
            events.accept(new Event(text(node.path("event")), node.path("data")));
        } else if (node.path("id").isIntegralNumber()) {
            Answer answer = pending.remove(node.path("id").asLong());
            if (answer != null) {
                answer.give(node);
            }
        }
    }

    private void end(String reason) {
        broken = reason;
        line.close();
    }

    /** What QEMU says, cut to a length that fits into a message. */
    static String text(JsonNode node) {
        String text = node.asString("");
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    }

    private static final class Answer {
        private final Runnable good;
        private @Nullable JsonNode given;

        private Answer() {
            this(() -> {});
        }

        private Answer(Runnable good) {
            this.good = good;
        }

        private void give(JsonNode node) {
            given = node;
            if (node.has("return")) {
                good.run();
            }
        }

        private boolean isThere() {
            return given != null;
        }

        private Optional<JsonNode> result() {
            return Optional.ofNullable(given)
                    .filter(node -> node.has("return"))
                    .map(node -> node.get("return"));
        }

        private Optional<String> refusal() {
            return Optional.ofNullable(given)
                    .map(node -> text(node.path("error").path("desc")));
        }
    }
}
