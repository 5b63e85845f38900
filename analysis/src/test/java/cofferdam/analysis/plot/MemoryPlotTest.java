package cofferdam.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cofferdam.analysis.Analysis;
import cofferdam.analysis.RunFiles;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.policy.Policies;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import javax.xml.parsers.DocumentBuilderFactory;

class MemoryPlotTest {

    private static final long START = 5_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long MIB = 1L << 20;

    private final List<Event> events = new ArrayList<>();

    @Test
    void theTableHasEveryLookInOrder() {
        configured("vm1", 12);
        sample(0, "vm1", "vm1", 3, 0);
        sample(1, "monitor", "vm1", 15, 4);
        sample(1, "monitor", "host", 20, 0);

        assertThat(table().split("\r\n"))
                .containsExactly(
                        "nanoseconds,actor,subject,size,limit,used,frames,shared,ballooned,swapped",
                        "0,vm1,vm1,16777216,12582912,3145728,3145728,0,0,0",
                        "1000000000,monitor,vm1,16777216,12582912,15728640,15728640,4194304,0,0",
                        "1000000000,monitor,host,16777216,,20971520,20971520,0,0,0");
    }

    @Test
    void thePictureShowsMoreMemoryHigherAndLaterTimesFurtherRight() throws Exception {
        configured("vm1", 12);
        sample(0, "monitor", "vm1", 4, 0);
        sample(5, "monitor", "vm1", 8, 0);
        sample(10, "monitor", "vm1", 16, 0);

        List<double[]> points = points(curve(picture(), "used, as the monitor sees it"));

        assertThat(points).hasSize(3);
        assertThat(points.get(0)[0]).isEqualTo(70);
        assertThat(points.get(2)[0]).isEqualTo(660);
        assertThat(points.get(1)[0]).isEqualTo(365);
        double unit = points.get(0)[1] - points.get(1)[1];
        assertThat(points.get(1)[1] - points.get(2)[1]).isCloseTo(2 * unit, nearly());
        assertThat(250 - points.get(0)[1]).isCloseTo(unit, nearly());
        List<double[]> limit = points(curve(picture(), "configured limit"));
        assertThat(250 - limit.get(0)[1]).isCloseTo(3 * unit, nearly());
    }

    @Test
    void thePictureHasATitleAxesWithUnitsAndALegend() throws Exception {
        configured("vm1", 12);
        sample(0, "monitor", "vm1", 4, 2);
        sample(3, "monitor", "host", 4, 0);

        assertThat(texts(picture(), "text"))
                .contains(
                        "Memory over time",
                        "time (s)",
                        "memory (MiB)",
                        "vm1",
                        "host",
                        "configured limit",
                        "frames of the host",
                        "in shared frames")
                .doesNotContain("ballooned");
    }

    @Test
    void attacksAreSeenBehindTheCurves() throws Exception {
        sample(0, "monitor", "vm1", 4, 2);
        events.add(new Event.AttackStarted(START + SECOND, "vm1", "memory-exhaustion", List.of()));
        events.add(new Event.AttackStopped(START + 2 * SECOND, "vm1", "memory-exhaustion", ""));
        sample(4, "monitor", "vm1", 4, 2);

        Element area = (Element) picture().getElementsByTagName("polygon").item(0);

        assertThat(area.getAttribute("points"))
                .isEqualTo("217.50,40 365.00,40 365.00,250 217.50,250");
    }

    @Test
    void namesFromEvidenceCannotBreakOut() throws Exception {
        String name = "a\"<script>&,\u0001\n]]>";
        sample(0, "monitor", name, 4, 2);

        assertThat(table()).contains("\"a\"\"<script>&,\u0001\n]]>\"");
        assertThat(texts(picture(), "text")).contains("a\"<script>&,??]]>");
        assertThat(picture().getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void absurdFiguresStillMakeAPicture() throws Exception {
        for (long value : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
            events.add(new Event.MemorySampled(
                    START, "monitor", "vm1", value, value, value, value, value, value));
        }
        events.add(new Event.MemorySampled(
                Long.MAX_VALUE, "vm1", "vm1", 1, 1, 1, 1, 1, Long.MAX_VALUE));

        assertThat(picture().getElementsByTagName("polyline").getLength()).isPositive();
        assertThat(plots().get(MemoryPlot.PICTURE).length).isLessThan(100_000);
    }

    @Test
    void aLongRunMakesAPictureOfLimitedSize() throws Exception {
        for (int second = 0; second < 20_000; second++) {
            sample(second, "monitor", "vm1", second % 16, 0);
        }

        List<double[]> points = points(curve(picture(), "used, as the monitor sees it"));
        assertThat(points).hasSizeBetween(1000, 2001);
        assertThat(points.getLast()[0]).isEqualTo(660);
        assertThat(table().split("\r\n")).hasSize(20_001);
    }

    @Test
    void withoutLooksAtMemoryThereIsNothingToShow() {
        configured("vm1", 12);

        assertThat(plots()).isEmpty();
    }

    @Test
    void evidenceThatCannotBeReadShowsNothing() {
        RunFiles files = RunFiles.of(Map.of("events.jsonl", new byte[] {1, 2}));

        assertThat(Analysis.plots(files, Policies.builtIn("hardened").orElseThrow()))
                .isEmpty();
    }

    private void configured(String machine, long limit) {
        events.add(new Event.MemoryConfigured(
                START, "monitor", machine, 16 * MIB, limit * MIB, 0, 1000));
    }

    private void sample(int second, String actor, String subject, long used, long shared) {
        events.add(new Event.MemorySampled(
                START + second * SECOND,
                actor,
                subject,
                16 * MIB,
                used * MIB,
                used * MIB,
                shared * MIB,
                0,
                0));
    }

    private SortedMap<String, byte[]> plots() {
        return Analysis.plots(
                RunFiles.of(Map.of("events.jsonl", EventLog.write(events))),
                Policies.builtIn("hardened").orElseThrow());
    }

    private String table() {
        return new String(plots().get(MemoryPlot.TABLE), StandardCharsets.UTF_8);
    }

    private Document picture() throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(plots().get(MemoryPlot.PICTURE)));
    }

    private static Element curve(Document picture, String name) {
        NodeList curves = picture.getElementsByTagName("polyline");
        for (int i = 0; i < curves.getLength(); i++) {
            if (curves.item(i).getTextContent().equals(name)) {
                return (Element) curves.item(i);
            }
        }
        throw new AssertionError("there is no curve '%s'".formatted(name));
    }

    private static List<double[]> points(Element curve) {
        List<double[]> points = new ArrayList<>();
        for (String point : curve.getAttribute("points").split(" ")) {
            String[] parts = point.split(",");
            points.add(new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])});
        }
        return points;
    }

    private static List<String> texts(Document picture, String tag) {
        List<String> texts = new ArrayList<>();
        NodeList found = picture.getElementsByTagName(tag);
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }

    private static Offset<Double> nearly() {
        return within(0.05);
    }
}
