package cofferdam.scenarios.comparison.document;

import cofferdam.scenarios.comparison.document.Document.Block;
import cofferdam.scenarios.comparison.document.Document.Code;
import cofferdam.scenarios.comparison.document.Document.Field;
import cofferdam.scenarios.comparison.document.Document.Items;
import cofferdam.scenarios.comparison.document.Document.Paragraph;
import cofferdam.scenarios.comparison.document.Document.Row;
import cofferdam.scenarios.comparison.document.Document.Section;
import cofferdam.scenarios.comparison.document.Document.Table;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/**
 * A document as one HTML file that needs nothing else: no script, and a content-security policy that
 * allows its own style by its hash and nothing more.
 */
public final class HtmlDocument {

    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-size: .9rem; }
            th, td { border: 1px solid #8886; padding: .25rem .6rem; text-align: left; vertical-align: top; }
            thead th { position: sticky; top: 0; background: Canvas; }
            tbody th { font-weight: normal; }
            pre { padding: .75rem; border: 1px solid #8886; overflow-x: auto; }
            .good { color: light-dark(#0a5c2b, #7fdca0); }
            .bad { color: light-dark(#a30d0d, #ff9a94); font-weight: bold; }
            .accepted { color: light-dark(#6b4e00, #e8c66a); }
            .open { color: light-dark(#7a1fa2, #e0a8f5); font-weight: bold; }
            .faint { color: light-dark(#555, #aaa); }
            @media print { .wide { overflow: visible; } thead th { position: static; } }
            """;

    private HtmlDocument() {}

    /** The file's text, in UTF-8 when written. */
    public static String of(Document document) {
        StringBuilder text = new StringBuilder();
        text.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        text.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
                .append("style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n"
                        .formatted(hash()));
        text.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        text.append("<title>").append(escaped(document.title())).append("</title>\n");
        text.append("<style>").append(STYLE).append("</style>\n</head>\n<body>\n<main>\n");
        text.append("<h1>").append(escaped(document.title())).append("</h1>\n");
        document.sections().forEach(section -> append(text, section));
        return text.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(STYLE.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void append(StringBuilder text, Section section) {
        text.append("<section>\n<h2>").append(escaped(section.heading())).append("</h2>\n");
        section.blocks().forEach(block -> append(text, block));
        text.append("</section>\n");
    }

    private static void append(StringBuilder text, Block block) {
        switch (block) {
            case Paragraph paragraph -> element(text, "p", paragraph.text());
            case Items items -> {
                text.append("<ul>\n");
                items.texts().forEach(item -> element(text, "li", item));
                text.append("</ul>\n");
            }
            case Code code -> {
                text.append("<pre><code>");
                code.lines().lines().forEach(line -> text.append(escaped(line)).append('\n'));
                text.append("</code></pre>\n");
            }
            case Table table -> append(text, table);
        }
    }

    private static void append(StringBuilder text, Table table) {
        text.append("<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr>");
        for (String name : table.header()) {
            text.append("<th scope=\"col\">").append(escaped(name)).append("</th>");
        }
        text.append("</tr></thead>\n<tbody>\n");
        table.rows().forEach(row -> append(text, row));
        text.append("</tbody>\n</table></div>\n");
    }

    private static void append(StringBuilder text, Row row) {
        text.append("<tr><th scope=\"row\">")
                .append(escaped(row.fields().getFirst().text()))
                .append("</th>");
        for (Field field : row.fields().subList(1, row.fields().size())) {
            text.append("<td class=\"%s\">".formatted(field.tone().name().toLowerCase(Locale.ROOT)))
                    .append(escaped(field.text()))
                    .append("</td>");
        }
        text.append("</tr>\n");
    }

    private static void element(StringBuilder text, String name, String content) {
        text.append("<%s>%s</%s>\n".formatted(name, escaped(content), name));
    }

    private static String escaped(String text) {
        return Shown.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
