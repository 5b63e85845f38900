package cofferdam.monitor.guest.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/** Answers requests with one page (RFC 9110, RFC 9112 section 4), each on a connection of its own. */
final class HttpAnswer {

    /** Methods that RFC 9110 section 9 and RFC 5789 define, and the page does not have. */
    private static final Set<String> KNOWN_METHODS =
            Set.of("POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private static final String CRLF = "\r\n";
    private static final long NANOSECONDS_A_SECOND = 1_000_000_000L;

    /** IMF-fixdate (RFC 9110 section 5.6.7). */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HttpAnswer() {}

    /**
     * The bytes of an answer to a request.
     *
     * @param page what lies at {@code /}, HTML
     * @param now nanoseconds since 1970-01-01T00:00:00Z
     */
    static byte[] to(HttpRequest request, String page, long now) {
        boolean head = request.method().equals("HEAD");
        if (!head && !request.method().equals("GET")) {
            return refusal(
                    KNOWN_METHODS.contains(request.method())
                            ? HttpStatus.METHOD_NOT_ALLOWED
                            : HttpStatus.NOT_IMPLEMENTED,
                    now);
        }
        if (request.path().isEmpty()) {
            return refusal(HttpStatus.BAD_REQUEST, now);
        }
        return request.path().get().equals("/")
                ? answer(HttpStatus.OK, page, !head, now)
                : answer(HttpStatus.NOT_FOUND, text(HttpStatus.NOT_FOUND), !head, now);
    }

    /** The bytes of an answer to what was no request, or none that is served. */
    static byte[] refusal(HttpStatus status, long now) {
        return answer(status, text(status), true, now);
    }

    private static String text(HttpStatus status) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><title>%1$s</title><p>%1$s</p></html>\n"
                .formatted(status.line());
    }

    private static byte[] answer(HttpStatus status, String content, boolean withContent, long now) {
        int length = content.getBytes(StandardCharsets.UTF_8).length;
        StringBuilder answer = new StringBuilder();
        answer.append("HTTP/1.1 ").append(status.line()).append(CRLF);
        answer.append("Date: ").append(date(now)).append(CRLF);
        if (status == HttpStatus.METHOD_NOT_ALLOWED) {
            answer.append("Allow: GET, HEAD").append(CRLF);
        }
        answer.append("Content-Type: text/html; charset=utf-8").append(CRLF);
        answer.append("Content-Length: ").append(length).append(CRLF);
        answer.append("Connection: close").append(CRLF).append(CRLF);
        answer.append(withContent ? content : "");
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String date(long now) {
        return DATE.format(Instant.ofEpochSecond(Math.floorDiv(now, NANOSECONDS_A_SECOND)));
    }
}
