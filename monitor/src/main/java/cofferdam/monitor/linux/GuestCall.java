package cofferdam.monitor.linux;

import cofferdam.monitor.Timeline.Timer;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** A command on its way to a guest, and what has come back of it. */
final class GuestCall implements GuestShell.Call {

    /** The most that a command may write, in bytes. */
    static final int MAXIMUM_OUTPUT = 1 << 20;

    private static final int SHOWN_CHARACTERS = 80;

    private final long number;
    private final String command;
    private final Consumer<GuestShell.Call> whenDone;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Timer limit = () -> {};
    private Runnable takeBack = () -> {};
    private boolean sent;
    private boolean done;
    private int status;
    private @Nullable String problem;

    GuestCall(long number, String command, Consumer<GuestShell.Call> whenDone) {
        this.number = number;
        this.command = command;
        this.whenDone = whenDone;
    }

    long number() {
        return number;
    }

    String command() {
        return command;
    }

    /** The beginning of the command, for messages. */
    String shown() {
        String first = command.lines().findFirst().orElse("");
        return first.length() > SHOWN_CHARACTERS
                ? first.substring(0, SHOWN_CHARACTERS) + "..."
                : first;
    }

    void limit(Timer timer) {
        limit = timer;
    }

    /** @param taking takes the command back, unless it has begun to go */
    void onItsWay(Runnable taking) {
        takeBack = taking;
    }

    boolean sent() {
        return sent;
    }

    void markSent() {
        sent = true;
    }

    /** Takes a piece of what the command wrote; says what is wrong with it, or nothing. */
    String accept(ConsoleFrame.Data data) {
        byte[] bytes;
        try {
            bytes = data.bytes();
        } catch (IllegalArgumentException notBase64) {
            return "its answer is garbled: a piece is no base64";
        }
        if (output.size() + bytes.length > MAXIMUM_OUTPUT) {
            return "it wrote more than %d bytes".formatted(MAXIMUM_OUTPUT);
        }
        output.writeBytes(bytes);
        return "";
    }

    /** The command has ended; says what is wrong with the answer, or nothing. */
    String accept(ConsoleFrame.End end) {
        CRC32 checksum = new CRC32();
        checksum.update(output.toByteArray());
        if ((int) checksum.getValue() != end.checksum()) {
            return "its answer is garbled: the checksum is %08x and not %08x"
                    .formatted(checksum.getValue(), end.checksum());
        }
        status = end.status();
        return "";
    }

    /**
     * Nothing more will come.
     *
     * @param reason why there is no answer; empty if there is
     */
    void finish(String reason) {
        if (done) {
            return;
        }
        done = true;
        limit.cancel();
        takeBack.run();
        problem = reason.isEmpty() ? null : reason;
        whenDone.accept(this);
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public GuestShell.Result result() throws IOException {
        String text = new String(bytes(), StandardCharsets.UTF_8);
        String unended = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return new GuestShell.Result(status, unended);
    }

    /**
     * What the command wrote, every byte of it.
     *
     * @throws IOException if no answer came; the message says why
     */
    byte[] bytes() throws IOException {
        if (!done) {
            throw new IOException("'%s' has not been answered yet".formatted(shown()));
        }
        if (problem != null) {
            throw new IOException("'%s': %s".formatted(shown(), problem));
        }
        return output.toByteArray();
    }
}
