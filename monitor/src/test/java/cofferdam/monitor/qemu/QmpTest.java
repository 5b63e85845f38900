package cofferdam.monitor.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.live.RealTime;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The client of QEMU's protocol, against somebody who may be no honest QEMU. */
class QmpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String GREETING = "{\"QMP\": {\"version\": {}, \"capabilities\": []}}\r\n";
    private static final String AGREED = "{\"return\": {}, \"id\": 0}\r\n";

    private final RealTime time = new RealTime();
    private final List<String> events = new ArrayList<>();
    private SocketLine line;
    private Qmp qmp;
    private SocketChannel peer;

    @TempDir
    private Path folder;

    @BeforeEach
    void connect() throws IOException {
        Path path = folder.resolve("control");
        line = SocketLine.listen(time, path);
        qmp = new Qmp(time, line, event -> events.add(event.name()));
        peer = SocketChannel.open(UnixDomainSocketAddress.of(path));
        time.await(line::isConnected, PATIENCE);
        assertThat(Files.exists(path)).isFalse();
    }

    @AfterEach
    void end() throws IOException {
        qmp.close();
        peer.close();
        time.close();
    }

    @Test
    void commandsAreAnsweredByNumberAndEventsComeInBetween() throws IOException {
        say(GREETING + AGREED);
        say("{\"event\": \"STOP\", \"data\": {}}\r\n{\"return\": \"another's\", \"id\": 99}\r\n");
        say("{\"return\": {\"status\": \"running\"}, \"id\": 1}\r\n");
        assertThat(qmp.isReady()).isFalse();
        time.await(() -> false, SHORT);

        // Answers that come before they are asked for are dropped, so the right one is said again.
        time.after(SHORT, () -> say("{\"return\": {\"status\": \"paused\"}, \"id\": 1}\r\n"));
        assertThat(qmp.call("query-status", Map.of(), PATIENCE).path("status").asString())
                .isEqualTo("paused");

        assertThat(events).containsExactly("STOP");
        assertThat(heard()).contains("\"execute\":\"qmp_capabilities\"", "\"query-status\"");
    }

    @Test
    void refusalIsToldInTheWordsOfTheOtherSideCutShort() {
        say(GREETING + AGREED);
        time.after(
                SHORT,
                () -> say("{\"id\": 1, \"error\": {\"class\": \"GenericError\", \"desc\": \"no "
                        + "x".repeat(2000) + "\"}}\n"));

        assertThatThrownBy(() -> qmp.call("quit", Map.of(), PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("QEMU refused 'quit': no xxx")
                .message()
                .hasSizeLessThan(400);
    }

    @Test
    void whoNeverAnswersIsWaitedForOnlySoLong() {
        say(GREETING);
        assertThatThrownBy(() -> qmp.call("quit", Map.of(), SHORT))
                .hasMessage("QEMU was not ready for 'quit' in time");
        say(AGREED);
        assertThatThrownBy(() -> qmp.call("quit", Map.of(), SHORT))
                .hasMessage("QEMU did not answer 'quit' within 0 s");
    }

    @Test
    void whatIsNoProtocolEndsTheConversation() {
        say("[[[[[[ no JSON\n");
        time.await(qmp::isOver, PATIENCE);

        assertThatThrownBy(() -> qmp.call("quit", Map.of(), PATIENCE))
                .hasMessage("QEMU takes no 'quit' any more: it sent something that is no JSON");
    }

    @Test
    void deeplyNestedDocumentEndsTheConversation() {
        say("[".repeat(5000) + "]".repeat(5000) + "\n");
        time.await(qmp::isOver, PATIENCE);
        assertThat(qmp.isOver()).isTrue();
    }

    @Test
    void endlessLineEndsTheConversation() throws IOException {
        peer.configureBlocking(false);
        ByteBuffer endless =
                ByteBuffer.wrap("{".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII));
        time.await(
                () -> {
                    try {
                        peer.write(endless.rewind());
                    } catch (IOException gone) {
                        // It was hung up on, which is what is waited for.
                    }
                    return qmp.isOver();
                },
                PATIENCE);

        assertThatThrownBy(() -> qmp.call("quit", Map.of(), PATIENCE))
                .hasMessageContaining("it sent a line of more than %d bytes", Qmp.MAXIMUM_LINE);
    }

    @Test
    void whoLeavesIsNoticed() throws IOException {
        say(GREETING + AGREED);
        time.await(qmp::isReady, PATIENCE);
        peer.close();

        assertThatThrownBy(() -> qmp.call("quit", Map.of(), PATIENCE))
                .hasMessage("QEMU ended before it answered 'quit'");
        assertThatThrownBy(() -> qmp.call("quit", Map.of(), PATIENCE))
                .hasMessage("QEMU takes no 'quit' any more");
    }

    @Test
    void whoDoesNotReadIsLeftWhenTooMuchWaits() {
        byte[] much = new byte[SocketLine.MAXIMUM_WAITING / 2];
        for (int sent = 0; sent < 8 && !line.isOver(); sent++) {
            line.send(much);
        }
        assertThat(line.isOver()).isTrue();
    }

    private void say(String text) {
        try {
            peer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private String heard() throws IOException {
        ByteBuffer heard = ByteBuffer.allocate(1 << 16);
        peer.read(heard);
        return new String(heard.array(), 0, heard.position(), StandardCharsets.UTF_8);
    }
}
