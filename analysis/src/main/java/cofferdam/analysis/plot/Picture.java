package cofferdam.analysis.plot;

import java.util.List;
import java.util.stream.Collectors;

/** Panels one below the other, with axes and legends, as Scalable Vector Graphics. */
final class Picture {

    private static final int WIDTH = 960;
    private static final int TITLE = 40;
    private static final int PANEL = 300;
    private static final int LEFT = 70;
    private static final int RIGHT = 660;
    private static final int TOP = 40;
    private static final int BOTTOM = 250;
    private static final int LEGEND = RIGHT + 30;
    private static final int LINE = 20;
    private static final int SAMPLE = 30;
    private static final int LABEL = 38;

    private static final long SECOND = 1_000_000_000L;
    private static final long MEBIBYTE = 1L << 20;

    /** So that what follows from forged evidence stays within what can be drawn. */
    private static final long MOST = 1L << 50;

    private final List<Panel> panels;
    private final StringBuilder out = new StringBuilder();

    Picture(List<Panel> panels) {
        this.panels = List.copyOf(panels);
    }

    String draw() {
        int height = TITLE + PANEL * panels.size();
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n"
                        .formatted(WIDTH, height, WIDTH, height));
        out.append("<title>Memory over time</title>\n");
        out.append(
                "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n".formatted(WIDTH, height));
        text(LEFT, TITLE - 14, "font-size=\"16\"", "Memory over time");
        for (int i = 0; i < panels.size(); i++) {
            panel(panels.get(i), TITLE + PANEL * i);
        }
        return out.append("</svg>\n").toString();
    }

    private void panel(Panel panel, int y) {
        out.append("<g transform=\"translate(0 %d)\">\n".formatted(y));
        Axis time = new Axis(span(panel), SECOND, LEFT, RIGHT);
        // Downwards, so that more is higher.
        Axis memory = new Axis(most(panel), MEBIBYTE, 0, BOTTOM - TOP);
        text(LEFT, TOP - 12, "font-size=\"14\" font-weight=\"bold\"", panel.subject());
        panel.attacks().forEach(attack -> attack(attack, time));
        for (long tick : time.ticks()) {
            vertical(time.place(tick * SECOND), Long.toString(tick));
        }
        for (long tick : memory.ticks()) {
            horizontal(up(memory, tick * MEBIBYTE), Long.toString(tick));
        }
        out.append(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#000000\"/>\n"
                        .formatted(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP));
        text((LEFT + RIGHT) / 2, BOTTOM + LABEL, "text-anchor=\"middle\"", "time (s)");
        int middle = (TOP + BOTTOM) / 2;
        text(
                22,
                middle,
                "text-anchor=\"middle\" transform=\"rotate(-90 22 %d)\"".formatted(middle),
                "memory (MiB)");
        for (int i = 0; i < panel.curves().size(); i++) {
            curve(panel.curves().get(i), time, memory, TOP + LINE * i + LINE / 2);
        }
        out.append("</g>\n");
    }

    private void attack(Panel.Span attack, Axis time) {
        out.append(
                "<polygon points=\"%s,%d %s,%d %s,%d %s,%d\" fill=\"#eeeeee\"><title>%s</title></polygon>\n"
                        .formatted(
                                time.place(attack.from()),
                                TOP,
                                time.place(attack.until()),
                                TOP,
                                time.place(attack.until()),
                                BOTTOM,
                                time.place(attack.from()),
                                BOTTOM,
                                escaped(attack.name())));
        out.append("<text x=\"%s\" y=\"%d\" fill=\"#666666\">%s</text>\n"
                .formatted(time.place(attack.from()), TOP - 2, escaped(attack.name())));
    }

    private void vertical(String x, String label) {
        out.append("<line x1=\"%s\" y1=\"%d\" x2=\"%s\" y2=\"%d\" stroke=\"#cccccc\"/>\n"
                .formatted(x, TOP, x, BOTTOM));
        out.append("<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                .formatted(x, BOTTOM + 16, label));
    }

    private void horizontal(String y, String label) {
        out.append("<line x1=\"%d\" y1=\"%s\" x2=\"%d\" y2=\"%s\" stroke=\"#cccccc\"/>\n"
                .formatted(LEFT, y, RIGHT, y));
        out.append(
                "<text x=\"%d\" y=\"%s\" text-anchor=\"end\" dominant-baseline=\"middle\">%s</text>\n"
                        .formatted(LEFT - 6, y, label));
    }

    private void curve(Curve curve, Axis time, Axis memory, int y) {
        String points = curve.drawn().stream()
                .map(point ->
                        "%s,%s".formatted(time.place(point.time()), up(memory, point.bytes())))
                .collect(Collectors.joining(" "));
        String style = curve.style().attributes();
        String name = escaped(curve.name());
        out.append("<polyline points=\"%s\" %s><title>%s</title></polyline>\n"
                .formatted(points, style, name));
        out.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" %s/>\n"
                .formatted(LEGEND, y, LEGEND + SAMPLE, y, style));
        text(LEGEND + SAMPLE + 8, y + 4, "", curve.name());
    }

    private static String up(Axis memory, long bytes) {
        Axis reversed = new Axis(memory.maximum(), memory.unit(), TOP, BOTTOM);
        return reversed.place(memory.maximum() - Math.clamp(bytes, 0, memory.maximum()));
    }

    private static long span(Panel panel) {
        long last = panel.curves().stream()
                .flatMap(curve -> curve.points().stream())
                .mapToLong(Curve.Point::time)
                .max()
                .orElse(1);
        return Math.clamp(last, SECOND, MOST);
    }

    /** A little more than the largest value, so that it can be told from the frame. */
    private static long most(Panel panel) {
        long largest = panel.curves().stream()
                .flatMap(curve -> curve.points().stream())
                .mapToLong(Curve.Point::bytes)
                .max()
                .orElse(0);
        return Math.clamp(Math.clamp(largest, 0, MOST) / 16 * 17, MEBIBYTE, MOST);
    }

    private void text(int x, int y, String attributes, String text) {
        out.append("<text x=\"%d\" y=\"%d\" %s>%s</text>\n"
                .formatted(x, y, attributes, escaped(text)));
    }

    /** What stands in evidence can be anything, and XML 1.0 has no escape for most control characters. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(sign -> {
            switch (sign) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(sign) ? sign : '?');
            }
        });
        return escaped.toString();
    }

    /** XML 1.0, section 2.2, without line breaks. */
    private static boolean isAllowed(int sign) {
        boolean character = sign >= 0x20 && sign <= 0xd7ff;
        return character || (sign >= 0xe000 && sign <= 0xfffd) || sign >= 0x10000;
    }
}
