package cofferdam.monitor.linux;

import cofferdam.monitor.RunningTime;
import cofferdam.monitor.guest.tcp.VirtualTime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** A guest's end of a line, which says what a test has it say, on a clock that a test moves. */
final class FakeGuest implements ConsoleLine, RunningTime {

    static final String NONCE = "0123456789abcdef";

    final List<Notice> notices = new ArrayList<>();
    final GuestConsole console;
    private final VirtualTime time = new VirtualTime();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private Consumer<byte[]> listener = bytes -> {};
    private Consumer<byte[]> answering = bytes -> {};

    FakeGuest() {
        console = new GuestConsole(this, this, NONCE, notices::add);
    }

    /** A guest that has said that it is up. */
    static FakeGuest up() {
        FakeGuest guest = new FakeGuest();
        guest.say("up");
        return guest;
    }

    @Override
    public void send(byte[] bytes) {
        heard.writeBytes(bytes);
        answering.accept(bytes);
    }

    @Override
    public void listen(Consumer<byte[]> replacement) {
        listener = replacement;
    }

    /** Whatever comes from the testbed is also told to this from now on. */
    void onHearing(Consumer<byte[]> consumer) {
        answering = consumer;
    }

    /** The lines that the testbed has sent since the last call. */
    List<String> heard() {
        String text = heard.toString(StandardCharsets.UTF_8);
        heard.reset();
        return text.lines().toList();
    }

    void raw(String text) {
        listener.accept(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void raw(byte[] bytes) {
        listener.accept(bytes);
    }

    void say(String body) {
        raw(frame(NONCE, body));
    }

    static String frame(String nonce, String body) {
        return "\u0002" + nonce + " " + body.length() + " " + body + "\n";
    }

    /** What a guest sends that has carried out a command. */
    static String answer(long call, int status, String output) {
        StringBuilder answer = new StringBuilder();
        String text = Base64.getEncoder().encodeToString(output.getBytes(StandardCharsets.UTF_8));
        for (int at = 0; at < text.length(); at += 720) {
            String piece = text.substring(at, Math.min(text.length(), at + 720));
            answer.append(frame(NONCE, "data " + call + " " + piece));
        }
        return answer.append(frame(NONCE, "end %d %d %s".formatted(call, status, crc(output))))
                .toString();
    }

    static String crc(String output) {
        CRC32 crc = new CRC32();
        crc.update(output.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }

    void pass(Duration duration) {
        time.pass(duration);
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
