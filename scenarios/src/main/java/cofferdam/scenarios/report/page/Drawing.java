package cofferdam.scenarios.report.page;

import cofferdam.scenarios.report.html.Element;

import java.util.Locale;

/** Shapes of Scalable Vector Graphics, in whole units. */
final class Drawing {

    private static final double HEAD_LENGTH = 9;
    private static final double HEAD_WIDTH = 4.5;

    private Drawing() {}

    /** A picture with its title and description for those who do not see it. */
    static Element picture(String styleClass, int width, int height, String title, String about) {
        return Element.of("svg", styleClass)
                .with("viewBox", "0 0 %d %d".formatted(width, height))
                .with("width", width)
                .with("height", height)
                .with("role", "img")
                .add(Element.of("title").text(title), Element.of("desc").text(about));
    }

    /** A picture that only repeats what stands beside it in words, always of its own size. */
    static Element ornament(String styleClass, int width, int height) {
        return Element.of("svg", styleClass)
                .with("width", width)
                .with("height", height)
                .with("aria-hidden", "true");
    }

    static Element line(String styleClass, int fromX, int fromY, int toX, int toY) {
        return Element.of("line", styleClass)
                .with("x1", fromX)
                .with("y1", fromY)
                .with("x2", toX)
                .with("y2", toY);
    }

    static Element box(String styleClass, int x, int y, int width, int height) {
        return Element.of("rect", styleClass)
                .with("x", x)
                .with("y", y)
                .with("width", width)
                .with("height", height)
                .with("rx", 6);
    }

    /** A path, as the attribute {@code d} has it. */
    static Element path(String styleClass, String steps) {
        return Element.of("path", styleClass).with("d", steps);
    }

    /** Text whose middle, or whose beginning or end by its class, is at that place. */
    static Element text(String styleClass, int x, int y, String text) {
        return Element.of("text", styleClass).with("x", x).with("y", y).text(text);
    }

    /** The head of an arrow that comes from one place and ends at another. */
    static Element head(String styleClass, int fromX, int fromY, int toX, int toY) {
        double length = Math.max(1, Math.hypot(toX - (double) fromX, toY - (double) fromY));
        double alongX = (toX - fromX) / length;
        double alongY = (toY - fromY) / length;
        double backX = toX - alongX * HEAD_LENGTH;
        double backY = toY - alongY * HEAD_LENGTH;
        String points = String.format(
                Locale.ROOT,
                "%d,%d %.1f,%.1f %.1f,%.1f",
                toX,
                toY,
                backX - alongY * HEAD_WIDTH,
                backY + alongX * HEAD_WIDTH,
                backX + alongY * HEAD_WIDTH,
                backY - alongX * HEAD_WIDTH);
        return Element.of("polygon", styleClass).with("points", points);
    }

    /** Text cut to what has room, with the whole as a title. */
    static String fitting(String text, int signs) {
        return text.length() <= signs ? text : text.substring(0, signs - 1) + "…";
    }
}
