package cofferdam.scenarios.report.page;

import cofferdam.analysis.story.MemoryPanel;
import cofferdam.analysis.story.MemoryPanel.Quantity;
import cofferdam.scenarios.report.html.Element;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How memory was used over time, a picture for each machine and one for the host. */
final class MemoryPicture {

    private static final int WIDTH = 460;
    private static final int HEIGHT = 190;
    private static final int LEFT = 62;
    private static final int RIGHT = WIDTH - 10;
    private static final int TOP = 14;
    private static final int BOTTOM = HEIGHT - 26;
    private static final int LINES = 4;
    private static final int SAMPLE = 26;

    private final MemoryPanel panel;

    private MemoryPicture(MemoryPanel panel) {
        this.panel = panel;
    }

    static Element of(List<MemoryPanel> panels) {
        Element all = Element.of("div", "panels");
        panels.forEach(panel -> all.add(new MemoryPicture(panel).draw()));
        return all;
    }

    private Element draw() {
        String words = panel.series().stream()
                .map(series -> "%s %s at the end"
                        .formatted(name(series.quantity()), Show.mebibytes(series.last())))
                .collect(Collectors.joining(", "));
        Element svg = Drawing.picture(
                "memory",
                WIDTH,
                HEIGHT,
                "Memory of %s over time".formatted(panel.subject()),
                words);
        for (MemoryPanel.Span attack : panel.attacks()) {
            int from = x(attack.from());
            svg.add(Drawing.box(
                    "attack-span", from, TOP, Math.max(1, x(attack.until()) - from), BOTTOM - TOP));
        }
        axes(svg);
        panel.series()
                .forEach(series -> svg.add(Element.of("polyline", "q " + key(series.quantity()))
                        .with("points", points(series))));
        return Element.of("figure", "panel")
                .add(
                        Element.of("figcaption")
                                .add(Element.of("strong").text(panel.subject()))
                                .text(panel.attacks().isEmpty() ? "" : ", attack shaded"),
                        svg,
                        legend());
    }

    private void axes(Element svg) {
        for (int line = 0; line <= LINES; line++) {
            long bytes = panel.most() / LINES * line;
            int y = (int) Math.round(y(bytes));
            svg.add(
                    Drawing.line("grid", LEFT, y, RIGHT, y),
                    Drawing.text("tick end", LEFT - 6, y + 4, Show.mebibytes(bytes)));
        }
        svg.add(
                Drawing.text("tick start", LEFT, HEIGHT - 8, "0 s"),
                Drawing.text("tick end", RIGHT, HEIGHT - 8, Show.time(panel.until())));
    }

    private int x(long time) {
        double part = Math.clamp(time / (double) Math.max(1, panel.until()), 0, 1);
        return (int) Math.round(LEFT + part * (RIGHT - LEFT));
    }

    private double y(long bytes) {
        double part = Math.clamp(bytes / (double) Math.max(1, panel.most()), 0, 1);
        return BOTTOM - part * (BOTTOM - TOP);
    }

    private String points(MemoryPanel.Series series) {
        return series.points().stream()
                .map(point ->
                        String.format(Locale.ROOT, "%d,%.1f", x(point.time()), y(point.bytes())))
                .collect(Collectors.joining(" "));
    }

    private Element legend() {
        Element legend = Element.of("ul", "legend");
        for (MemoryPanel.Series series : panel.series()) {
            Element sample = Drawing.ornament("sample", SAMPLE, 10)
                    .add(Drawing.line("q " + key(series.quantity()), 0, 5, SAMPLE, 5));
            legend.add(Element.of("li")
                    .add(sample)
                    .text(" %s (%s)"
                            .formatted(name(series.quantity()), Show.mebibytes(series.last()))));
        }
        return legend;
    }

    private static String key(Quantity quantity) {
        return "q-" + quantity.name().toLowerCase(Locale.ROOT);
    }

    private String name(Quantity quantity) {
        return switch (quantity) {
            case LIMIT -> panel.subject().equals("host") ? "size" : "configured limit";
            case USED -> "used";
            case FRAMES -> "frames of the host";
            case SHARED -> "shared";
            case BALLOONED -> "ballooned";
            case SWAPPED -> "swapped out";
        };
    }
}
