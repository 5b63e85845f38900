package cofferdam.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Debian's Chromium without a window, driven over the DevTools protocol through a pipe: messages of
 * JSON, each ended by a zero byte.
 */
final class Browser implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final long PATIENCE_SECONDS = 60;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The protocol's descriptors are 3 and 4; what is said on the others goes nowhere. */
    private static final String COMMAND = "exec \"$0\" --headless --no-sandbox --disable-gpu"
            + " --disable-dev-shm-usage --no-first-run --disable-background-networking"
            + " --remote-debugging-pipe --user-data-dir=\"$1\" about:blank"
            + " 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null";

    private final Process process;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final List<JsonNode> events = new ArrayList<>();
    private String session = "";
    private int last;

    private Browser(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::listen);
    }

    /** Skips the test with the reason, or fails it, where there is no browser. */
    static void require() {
        if (!Files.isExecutable(PROGRAM)) {
            String reason = "chromium is not installed";
            assertThat(System.getenv("COFFERDAM_REQUIRE_TOOLS")).as(reason).isNull();
            Assumptions.abort(reason);
        }
    }

    /**
     * Starts it with an empty profile.
     *
     * @param profile a folder that it may fill
     */
    static Browser start(Path profile) throws Exception {
        require();
        Process process = new ProcessBuilder(
                        "sh", "-c", COMMAND, PROGRAM.toString(), profile.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Browser browser = new Browser(process);
        try {
            browser.attach();
            return browser;
        } catch (Exception failed) {
            browser.close();
            throw failed;
        }
    }

    private void listen() {
        try (InputStream in = process.getInputStream()) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            byte[] part = new byte[1 << 16];
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                for (int at = 0; at < count; at++) {
                    if (part[at] != 0) {
                        message.write(part[at]);
                        continue;
                    }
                    messages.add(MAPPER.readTree(message.toByteArray()));
                    message.reset();
                }
            }
        } catch (IOException closed) {
            // Whoever waits for an answer finds that none comes.
        }
    }

    private void attach() throws Exception {
        String target = call("Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asString();
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asString();
        for (String domain : List.of("Page", "Runtime", "Log", "Network", "Audits")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Calls a method of the protocol and waits for its answer. */
    JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int id = ++last;
        ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
        message.set("params", MAPPER.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        send(message.toString());
        while (true) {
            JsonNode next = next();
            if (next.path("id").asInt(0) != id) {
                continue;
            }
            if (next.has("error")) {
                throw new IOException("%s: %s".formatted(method, next.path("error")));
            }
            return next.path("result");
        }
    }

    private void send(String message) {
        try {
            process.getOutputStream().write((message + "\0").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private JsonNode next() throws Exception {
        JsonNode next = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new TimeoutException("chromium does not answer");
        }
        if (next.has("method")) {
            events.add(next);
        }
        return next;
    }

    /** Opens a page and waits until it is loaded. */
    void open(URI page) throws Exception {
        events.clear();
        call("Page.navigate", Map.of("url", page.toString()));
        while (events.stream()
                .noneMatch(
                        event -> event.path("method").asString().equals("Page.loadEventFired"))) {
            next();
        }
    }

    /** The value of an expression of JavaScript in the page, as JSON. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode answer = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IOException(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    /** The text that an expression gives. */
    String text(String expression) throws Exception {
        return evaluate(expression).asString();
    }

    /** The number that an expression gives. */
    int number(String expression) throws Exception {
        return evaluate(expression).asInt();
    }

    /** Clicks where the middle of an element is, as a mouse would. */
    void click(String selector) throws Exception {
        JsonNode place = evaluate("""
                (() => { const e = document.querySelector(%s); e.scrollIntoView({block: 'center', behavior: 'instant'});
                const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()""".formatted(MAPPER.writeValueAsString(selector)));
        for (String kind : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            kind,
                            "x",
                            place.get(0).asDouble(),
                            "y",
                            place.get(1).asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    /** Presses a key that gives no text, such as Tab or Enter. */
    void press(String key, int code) throws Exception {
        String text = key.equals("Enter") ? "\r" : "";
        for (String kind : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type", kind,
                            "key", key,
                            "code", key,
                            "windowsVirtualKeyCode", code,
                            "text", kind.equals("keyDown") ? text : ""));
        }
    }

    /** Types text where the focus is. */
    void type(String text) throws Exception {
        call("Input.insertText", Map.of("text", text));
    }

    /** What the page complained of: errors, warnings and whatever its policy refused. */
    List<String> complaints() throws Exception {
        // What was said before this answer has arrived with it.
        evaluate("1");
        return events.stream()
                .filter(event -> List.of(
                                "Log.entryAdded",
                                "Runtime.consoleAPICalled",
                                "Runtime.exceptionThrown",
                                "Audits.issueAdded",
                                "Page.javascriptDialogOpening")
                        .contains(event.path("method").asString()))
                .map(JsonNode::toString)
                .toList();
    }

    /** Every address that the page asked for. */
    List<String> requests() {
        return events.stream()
                .filter(event ->
                        event.path("method").asString().equals("Network.requestWillBeSent"))
                .map(event -> event.path("params").path("request").path("url").asString())
                .toList();
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
