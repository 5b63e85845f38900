package cofferdam.monitor.guest.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request without its content (RFC 9112 sections 2 to 5).
 *
 * @param method a token, as it stands there
 * @param path the path of the target, without query; empty unless the target is in origin-form or
 *     absolute-form
 */
record HttpRequest(String method, Optional<String> path) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern REQUEST_LINE =
            Pattern.compile("(" + TOKEN + ") ([\\x21-\\x7e]+) HTTP/([0-9])\\.([0-9])");
    private static final Pattern FIELD =
            Pattern.compile("(" + TOKEN + "):([\\x20-\\x7e\\t\\x80-\\xff]*)");
    private static final Pattern ORIGIN_FORM = Pattern.compile("(/[^?#]*)(?:\\?[^#]*)?");
    private static final Pattern ABSOLUTE_FORM =
            Pattern.compile("(?i:http)://[^/?#]+(/[^?#]*)?(?:\\?[^#]*)?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~:%!$&'()*+,;=\\[\\]-]*");

    /** Reads a request, or says with which status it is refused. */
    static Reading read(String head) {
        List<String> lines = List.of(head.split("\r\n", -1));
        Matcher start = REQUEST_LINE.matcher(lines.getFirst());
        if (!start.matches()) {
            return new Refused(HttpStatus.BAD_REQUEST);
        }
        if (!start.group(3).equals("1")) {
            return new Refused(HttpStatus.VERSION_NOT_SUPPORTED);
        }
        boolean hostNeeded = !start.group(4).equals("0");
        if (!areFieldsSound(lines.subList(1, lines.size()), hostNeeded)) {
            return new Refused(HttpStatus.BAD_REQUEST);
        }
        return new Accepted(new HttpRequest(start.group(1), path(start.group(2))));
    }

    /** A request has one Host; only one of HTTP/1.0 may have none (RFC 9112 section 3.2). */
    private static boolean areFieldsSound(List<String> lines, boolean hostNeeded) {
        int hosts = 0;
        for (String line : lines) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                return false;
            }
            if (field.group(1).toLowerCase(Locale.ROOT).equals("host")) {
                hosts++;
                if (!HOST.matcher(field.group(2).strip()).matches()) {
                    return false;
                }
            }
        }
        return hosts == 1 || (hosts == 0 && !hostNeeded);
    }

    private static Optional<String> path(String target) {
        Matcher origin = ORIGIN_FORM.matcher(target);
        if (origin.matches()) {
            return Optional.of(origin.group(1));
        }
        Matcher absolute = ABSOLUTE_FORM.matcher(target);
        if (absolute.matches()) {
            return Optional.of(absolute.group(1) == null ? "/" : absolute.group(1));
        }
        return Optional.empty();
    }

    /** What became of reading. */
    sealed interface Reading {}

    /** It is a request. */
    record Accepted(HttpRequest request) implements Reading {}

    /** It is none, or not one that is understood. */
    record Refused(HttpStatus status) implements Reading {}
}
