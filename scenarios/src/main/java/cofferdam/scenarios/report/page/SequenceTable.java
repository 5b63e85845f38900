package cofferdam.scenarios.report.page;

import cofferdam.analysis.story.Sequence;
import cofferdam.scenarios.report.html.Element;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The frames that matter, one a line, with an arrow between the lanes of the machines. */
final class SequenceTable {

    private static final int LANE = 92;
    private static final int HEIGHT = 30;
    private static final int HALF = HEIGHT / 2;
    private static final int DOT = 4;

    /** How far a second arrow is below the first. */
    private static final int BELOW = 7;

    private static final int NAME_SIGNS = 15;

    private final Sequence sequence;
    private final List<String> folder;

    SequenceTable(Sequence sequence, List<String> folder) {
        this.sequence = sequence;
        this.folder = folder;
    }

    Element draw() {
        Element table = Element.of("table", "sequence")
                .add(Element.of("caption")
                        .text("Frames of ")
                        .add(Show.link(folder, sequence.file()))
                        .text(", times since the run's first event"));
        table.add(Element.of("thead")
                .add(Element.of("tr")
                        .add(
                                column("Frame"),
                                column("Time"),
                                Element.of("th")
                                        .with("scope", "col")
                                        .add(Show.hidden("From and to"), lanes()),
                                column("What it says"))));
        Element body = Element.of("tbody");
        sequence.lines().forEach(line -> body.add(row(line)));
        table.add(body);
        Element all = Element.of("div", "scroller plain")
                .with("tabindex", "0")
                .with("role", "region")
                .with("aria-label", "Frames of " + sequence.file())
                .add(table);
        long more = sequence.proofs() - sequence.proofsShown();
        if (more > 0) {
            all.add(Element.of("p", "more")
                    .text("and %s in the capture"
                            .formatted(Show.count(
                                    more, "more proving frame", "more proving frames"))));
        }
        return all;
    }

    private static Element column(String name) {
        return Element.of("th").with("scope", "col").text(name);
    }

    private int width() {
        return LANE * Math.max(1, sequence.lanes().size());
    }

    private static int lane(int number) {
        return LANE * number + LANE / 2;
    }

    private Element lanes() {
        Element svg = Drawing.ornament("lanes", width(), HEIGHT);
        for (int number = 0; number < sequence.lanes().size(); number++) {
            svg.add(Drawing.text(
                    "name",
                    lane(number),
                    HALF + 4,
                    Drawing.fitting(sequence.lanes().get(number), NAME_SIGNS)));
        }
        return svg;
    }

    private Element row(Sequence.Line line) {
        Element what = Element.of("td");
        if (line.proof()) {
            what.add(Element.of("strong", "proof-word").text("proof "));
        }
        what.text(line.summary());
        if (!line.comment().isEmpty()) {
            what.add(Element.of("br"), Element.of("em").text(line.comment()));
        }
        return Element.of("tr", line.proof() ? "proof" : "around")
                .add(
                        Element.of("td").text(Integer.toString(line.number())),
                        Element.of("td").text(Show.time(line.time())),
                        Element.of("td").add(Show.hidden(words(line)), arrow(line)),
                        what);
    }

    private static String words(Sequence.Line line) {
        String poses = line.poses().isEmpty() ? "" : " under the address of " + line.poses();
        return "%s%s to %s, in the captures of %s"
                .formatted(line.from(), poses, line.to(), String.join(", ", line.seenBy()));
    }

    private Element arrow(Sequence.Line line) {
        Element svg = Drawing.ornament("lanes", width(), HEIGHT);
        List<String> lanes = sequence.lanes();
        svg.add(Drawing.path(
                "lifeline",
                IntStream.range(0, lanes.size())
                        .mapToObj(number -> "M%d 0v%d".formatted(lane(number), HEIGHT))
                        .collect(Collectors.joining())));
        int from = lanes.indexOf(line.from());
        if (from >= 0 && line.to().equals(Sequence.EVERYONE)) {
            toAll(svg, line.proof() ? "leak" : "message", from);
        } else if (from >= 0) {
            toOne(svg, line, from);
        }
        dots(svg, line);
        return svg;
    }

    private void dots(Element svg, Sequence.Line line) {
        String seen = line.seenBy().stream()
                .map(vantage -> sequence.lanes().indexOf(vantage))
                .filter(lane -> lane >= 0)
                .map(lane -> "M%d %dh0".formatted(lane(lane), HALF))
                .collect(Collectors.joining());
        if (!seen.isEmpty()) {
            svg.add(Drawing.path("seen", seen));
        }
        int here = sequence.lanes().indexOf(sequence.vantage());
        if (line.proof() && here >= 0) {
            svg.add(Drawing.path("seen proof-dot", "M%d %dh0".formatted(lane(here), HALF)));
        }
    }

    /** What proves something because of who saw it goes there in a second, coloured arrow. */
    private void toOne(Element svg, Sequence.Line line, int from) {
        int to = sequence.lanes().indexOf(line.to());
        int here = sequence.lanes().indexOf(sequence.vantage());
        boolean aside = line.proof() && here >= 0 && here != from && here != to;
        int end = to < 0 ? width() - 4 : lane(to);
        arrow(svg, line.proof() && !aside ? "leak" : "message", lane(from), end, HALF);
        if (aside) {
            arrow(svg, "leak", lane(from), lane(here), HALF + BELOW);
        }
    }

    private void toAll(Element svg, String kind, int from) {
        if (from > 0) {
            arrow(svg, kind, lane(from), 1, HALF);
        }
        arrow(svg, kind, lane(from), width() - 1, HALF);
    }

    /** A line and its head, which leaves room for the dot of who saw it. */
    private static void arrow(Element svg, String kind, int from, int to, int y) {
        int back = to > from ? -1 : 1;
        int end = to + back * (DOT + 1);
        svg.add(Drawing.path(
                "arrow " + kind,
                "M%d %dH%dl%d-4v8l%d-4".formatted(from, y, end, back * 8, -back * 8)));
    }
}
