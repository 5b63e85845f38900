package cofferdam.scenarios.report.html;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a link leads: to a place in the page, or to a file beside it. Nothing else can be one. */
public final class Href {

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private final String value;

    private Href(String value) {
        this.value = value;
    }

    /**
     * A place in the page.
     *
     * @param id of an element
     * @throws IllegalArgumentException if no element of ours could have it
     */
    public static Href to(String id) {
        if (!IDENTIFIER.matcher(id).matches()) {
            throw new IllegalArgumentException("'%s' is no identifier".formatted(id));
        }
        return new Href("#" + id);
    }

    /**
     * A file, by the names of folders and file from the page's own folder on; percent-encoded (RFC
     * 3986, section 2.1), so that no name can be taken for a scheme, a host or a query.
     */
    public static Href file(List<String> names) {
        return new Href(
                names.stream().map(Href::encoded).collect(Collectors.joining("/", "./", "")));
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = UNRESERVED.indexOf(octet) >= 0;
            encoded.append(
                    plain
                            ? String.valueOf((char) octet)
                            : "%%%02x".formatted(octet & 0xff).toUpperCase(Locale.ROOT));
        }
        return encoded.toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
