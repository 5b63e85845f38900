package cofferdam.analysis.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Knows what documents, templates and scripts write in place of a secret. */
final class Placeholders {

    /** What no secret would have inside it. */
    private static final List<String> PARTS = List.of(
            "example",
            "changeme",
            "change-me",
            "change_me",
            "changeit",
            "placeholder",
            "redacted",
            "your-",
            "your_",
            "yourpass",
            "yoursecret",
            "yourtoken",
            "_here",
            "xxxxx",
            "insert_",
            "not-a-real",
            "*sensitive*",
            "*****",
            "0123456789abcdef",
            "123456789012345");

    private static final Set<String> WORDS = Set.of(
            "password",
            "passwd",
            "pass",
            "pwd",
            "pw",
            "secret",
            "token",
            "user",
            "username",
            "none",
            "null",
            "nil",
            "true",
            "false",
            "undefined",
            "string",
            "mypassword",
            "foo",
            "bar",
            "key",
            "passphrase",
            "omitted");

    /** Where a value is put in by something else. */
    private static final List<String> STARTS = List.of("$", "<", "{", "%", "*", "`");

    /** Fewer different characters than this are no secret. */
    private static final int FEWEST_DISTINCT = 3;

    private Placeholders() {}

    static boolean isPlaceholder(byte[] match) {
        String text = new String(match, ISO_8859_1).toLowerCase(Locale.ROOT);
        if (PARTS.stream().anyMatch(text::contains)) {
            return true;
        }
        String value = value(text);
        return STARTS.stream().anyMatch(value::startsWith)
                || WORDS.contains(value)
                || value.chars().distinct().count() < FEWEST_DISTINCT;
    }

    /** What is left without a name, a separator, an option of a command, quotes. */
    private static String value(String text) {
        String bare = stripped(text, "\"'@/;,>= ");
        int start = -1;
        for (char separator : ":= \"'>".toCharArray()) {
            start = Math.max(start, bare.lastIndexOf(separator));
        }
        String value = bare.substring(start + 1);
        return value.startsWith("-p") ? value.substring(2) : value;
    }

    private static String stripped(String text, String edges) {
        int start = 0;
        int end = text.length();
        while (end > start && edges.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        while (start < end && edges.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return text.substring(start, end);
    }
}
