package cofferdam.scenarios.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An element with its attributes and what is in it. Names come from the program and never from
 * elsewhere, and those through which code could run are refused all the same.
 */
public final class Element implements Node {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]{0,31}");
    private static final Set<String> EMPTY = Set.of("input", "br", "meta");
    /** Of pictures; HTML lets only these end in themselves (WHATWG HTML, 13.1.2.1, foreign elements). */
    private static final Set<String> SHAPES =
            Set.of("path", "line", "polyline", "polygon", "rect", "circle");

    private static final Set<String> REFUSED = Set.of(
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "base",
            "link",
            "foreignobject",
            "animate",
            "set",
            "use",
            "image",
            "img");
    private static final Set<String> REFUSED_ATTRIBUTES =
            Set.of("href", "src", "srcset", "style", "action", "formaction", "srcdoc", "data");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Node> children = new ArrayList<>();

    private Element(String name) {
        this.name = name;
    }

    /**
     * An element with nothing in it.
     *
     * @throws IllegalArgumentException if code could run through such an element
     */
    public static Element of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches() || REFUSED.contains(lower)) {
            throw new IllegalArgumentException("'%s' is no element of a page".formatted(name));
        }
        return new Element(name);
    }

    /** An element of a class of the style sheet. */
    public static Element of(String name, String styleClass) {
        return of(name).with("class", styleClass);
    }

    /**
     * Adds an attribute, or replaces it.
     *
     * @throws IllegalArgumentException if code or other files could be reached through it
     */
    public Element with(String attribute, String value) {
        String lower = attribute.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(attribute).matches()
                || lower.startsWith("on")
                || REFUSED_ATTRIBUTES.contains(lower)) {
            throw new IllegalArgumentException("'%s' is no attribute".formatted(attribute));
        }
        attributes.put(attribute, Visible.text(value));
        return this;
    }

    /** Adds a number as an attribute. */
    public Element with(String attribute, long value) {
        return with(attribute, Long.toString(value));
    }

    /** Adds an attribute without a value. */
    public Element with(String attribute) {
        return with(attribute, "");
    }

    /** Makes it a link. */
    public Element leadingTo(Href href) {
        attributes.put("href", href.toString());
        return this;
    }

    /** Adds text at the end. */
    public Element text(String text) {
        children.add(new Text(text));
        return this;
    }

    /** Adds nodes at the end. */
    public Element add(Node... nodes) {
        children.addAll(List.of(nodes));
        return this;
    }

    /** Adds nodes at the end. */
    public Element addAll(List<? extends Node> nodes) {
        children.addAll(nodes);
        return this;
    }

    @Override
    public void write(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            out.append(' ').append(attribute);
            if (!value.isEmpty()) {
                out.append("=\"");
                Text.escape(value, out);
                out.append('"');
            }
        });
        if (SHAPES.contains(name) && children.isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        if (EMPTY.contains(name)) {
            return;
        }
        children.forEach(child -> child.write(out));
        out.append("</").append(name).append('>');
    }
}
