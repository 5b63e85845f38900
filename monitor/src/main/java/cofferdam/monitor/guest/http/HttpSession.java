package cofferdam.monitor.guest.http;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.Timeline.Timer;
import cofferdam.monitor.guest.tcp.TcpConnection;
import cofferdam.monitor.guest.tcp.TcpEnd;
import cofferdam.monitor.guest.tcp.TcpHandler;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The server's side of one connection: one request of HTTP/1.1 (RFC 9112), its answer, and the end.
 * GET and HEAD of {@code /} are answered with a page.
 */
public final class HttpSession implements TcpHandler {

    /** The port of the service. */
    public static final int PORT = 80;

    /**
     * The most bytes of a request up to its empty line. RFC 9112 section 3 asks for request lines of
     * 8000.
     */
    static final int MAXIMUM_REQUEST_BYTES = 16_384;

    /** The most bytes that are read and thrown away behind a request. */
    static final int MAXIMUM_DISCARDED_BYTES = 1 << 20;

    /** How long a client may take in all. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int READ_BYTES = 4096;
    private static final String END = "\r\n\r\n";

    private final TcpConnection connection;
    private final String page;
    private final Timeline timeline;
    private final Timer patience;
    private final ByteArrayOutputStream request = new ByteArrayOutputStream();
    private byte[] answer = {};
    private int written;
    private int discarded;

    /** @param page what lies at {@code /}, HTML */
    public HttpSession(TcpConnection connection, String page, Timeline timeline) {
        this.connection = connection;
        this.page = page;
        this.timeline = timeline;
        patience = timeline.after(PATIENCE, connection::abort);
    }

    @Override
    public void progressed() {
        for (byte[] read = read(); read.length > 0; read = read()) {
            take(read);
        }
        written += connection.write(answer, written);
        boolean answered = answer.length > 0 && written == answer.length;
        if (answered || (answer.length == 0 && connection.exhausted())) {
            connection.close();
        }
    }

    @Override
    public void ended(TcpEnd end) {
        patience.cancel();
    }

    private byte[] read() {
        return discarded > MAXIMUM_DISCARDED_BYTES ? new byte[0] : connection.read(READ_BYTES);
    }

    private void take(byte[] bytes) {
        if (answer.length > 0) {
            discarded += bytes.length;
            return;
        }
        request.writeBytes(bytes);
        String text = withoutEmptyLines(request.toString(StandardCharsets.ISO_8859_1));
        int end = text.indexOf(END);
        if (end >= 0 && end + END.length() <= MAXIMUM_REQUEST_BYTES) {
            answer = answerTo(text.substring(0, end));
        } else if (request.size() > MAXIMUM_REQUEST_BYTES) {
            answer = HttpAnswer.refusal(
                    text.contains("\r\n")
                            ? HttpStatus.FIELDS_TOO_LARGE
                            : HttpStatus.TARGET_TOO_LONG,
                    timeline.now());
        }
    }

    /** Empty lines before a request are ignored (RFC 9112 section 2.2). */
    private static String withoutEmptyLines(String text) {
        int start = 0;
        while (text.startsWith("\r\n", start)) {
            start += 2;
        }
        return text.substring(start);
    }

    private byte[] answerTo(String head) {
        return switch (HttpRequest.read(head)) {
            case HttpRequest.Accepted accepted ->
                HttpAnswer.to(accepted.request(), page, timeline.now());
            case HttpRequest.Refused refused ->
                HttpAnswer.refusal(refused.status(), timeline.now());
        };
    }
}
