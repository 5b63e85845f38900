package cofferdam.scenarios.report.html;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A whole page that needs no other file. Its content security policy (W3C Content Security Policy
 * Level 3) allows its own style sheet and its own script by their hashes, and nothing else: no other
 * script, no handler, no image, no connection.
 *
 * @param title of the page
 * @param style a style sheet of the program
 * @param script a script of the program
 * @param body what is in the body
 */
public record Page(String title, String style, String script, List<Node> body) {

    public Page {
        body = List.copyOf(body);
        requireInline("style", style);
        requireInline("script", script);
    }

    /** Text that ends its own element could not be hashed as a whole. */
    private static void requireInline(String element, String text) {
        if (text.toLowerCase(Locale.ROOT).contains("</" + element) || text.contains("\r")) {
            throw new IllegalArgumentException("this cannot stand in a %s".formatted(element));
        }
    }

    /** The page as HTML, to be written in UTF-8. */
    public String html() {
        StringBuilder out = new StringBuilder();
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(policy())
                .append("\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
        out.append("<meta name=\"referrer\" content=\"no-referrer\">\n");
        Element.of("title").text(title).write(out);
        out.append("\n<style>").append(style).append("</style>\n</head>\n<body>\n");
        for (Node node : body) {
            node.write(out);
            out.append('\n');
        }
        out.append("<script>").append(script).append("</script>\n</body>\n</html>\n");
        return out.toString();
    }

    private String policy() {
        return "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
                .formatted(hash(style), hash(script));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
