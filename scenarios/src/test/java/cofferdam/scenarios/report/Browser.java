package cofferdam.scenarios.report;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Debian's Chromium without a window, driven over the DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final String LISTENING = "DevTools listening on ";
    private static final long PATIENCE_SECONDS = 60;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final List<JsonNode> events = new ArrayList<>();
    private final WebSocket socket;
    private String session = "";
    private int last;

    private Browser(Process process, String address) throws Exception {
        this.process = process;
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(address), new Listener())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether it is installed. */
    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * Starts it with an empty profile.
     *
     * @param profile a folder that it may fill
     */
    static Browser start(Path profile) throws Exception {
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        try {
            Browser browser = new Browser(process, address(process));
            browser.attach();
            return browser;
        } catch (Exception failed) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw failed;
        }
    }

    /** What it says when it is ready; it goes on talking, to nobody. */
    private static String address(Process process) throws IOException {
        BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> out.lines().forEach(rest -> {}));
                return line.substring(LISTENING.length()).strip();
            }
        }
        throw new IOException("chromium did not start");
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean complete) {
            text.append(part);
            if (complete) {
                messages.add(MAPPER.readTree(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void attach() throws Exception {
        String target =
                call("Target.createTarget", Map.of("url", "about:blank")).path("targetId").asString();
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
        socket.sendText(message.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
                .noneMatch(event -> event.path("method").asString().equals("Page.loadEventFired"))) {
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
        JsonNode place = evaluate(
                """
                (() => { const e = document.querySelector(%s); e.scrollIntoView({block: 'center', behavior: 'instant'});
                const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"""
                        .formatted(MAPPER.writeValueAsString(selector)));
        for (String kind : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type", kind,
                            "x", place.get(0).asDouble(),
                            "y", place.get(1).asDouble(),
                            "button", "left",
                            "clickCount", 1));
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
    public void close() throws Exception {
        try {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            client.shutdownNow();
            List<ProcessHandle> children = process.descendants().toList();
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
