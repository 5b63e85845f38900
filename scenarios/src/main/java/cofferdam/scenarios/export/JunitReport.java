package cofferdam.scenarios.export;

import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.Figure;
import cofferdam.analysis.Verdict;
import cofferdam.scenarios.result.MonitorWords;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.result.RunResult;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * JUnit XML as Ant began it and Maven Surefire, Jenkins and GitLab read it: a test suite for each
 * scenario under a policy, a test case for each property. A breach that nobody accepts and a verdict
 * other than the expected one are failures; what could not be decided is an error, never a pass; a
 * boundary that is not there, and a violation that the baseline has, are skipped.
 */
public final class JunitReport {

    private static final double NANOS = 1e9;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final XMLStreamWriter xml;
    private final boolean withTimes;
    private int depth;

    /** How a test case ends. */
    private enum Ending {
        PASSED,
        SKIPPED,
        FAILURE,
        ERROR;

        static Ending of(PropertyResult result) {
            if (result.isUndecided()) {
                return ERROR;
            }
            if (!result.isAsItShouldBe()) {
                return FAILURE;
            }
            boolean noBoundary = result.judgement().verdict() == Verdict.NOT_APPLICABLE;
            return noBoundary || result.isKnown() ? SKIPPED : PASSED;
        }
    }

    private JunitReport(boolean withTimes) throws XMLStreamException {
        this.withTimes = withTimes;
        this.xml = XMLOutputFactory.newDefaultFactory()
                .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
    }

    /** The document of a bundle: nothing in it depends on where or how fast the runs were. */
    public static byte[] forBundle(List<RunResult> runs) {
        return of(runs, false);
    }

    /** The document for standard output, with the time that each run took in seconds. */
    public static byte[] forStandardOutput(List<RunResult> runs) {
        return of(runs, true);
    }

    private static byte[] of(List<RunResult> runs, boolean withTimes) {
        try {
            JunitReport report = new JunitReport(withTimes);
            report.write(runs);
            return report.out.toByteArray();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("writing to memory failed", impossible);
        }
    }

    private void write(List<RunResult> runs) throws XMLStreamException {
        List<PropertyResult> all =
                runs.stream().flatMap(run -> run.properties().stream()).toList();
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        start("testsuites");
        attribute("name", "cofferdam");
        counts(all);
        for (RunResult run : runs) {
            suite(run);
        }
        end();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
        xml.close();
    }

    private void suite(RunResult run) throws XMLStreamException {
        start("testsuite");
        attribute("name", "%s under %s".formatted(run.scenario(), run.policy()));
        counts(run.properties());
        if (withTimes) {
            attribute("time", String.format(Locale.ROOT, "%.3f", run.duration().toNanos() / NANOS));
        }
        start("properties");
        property("monitor", run.monitor());
        property("seed", Long.toString(run.seed()));
        property("bundle", run.folder());
        for (String sentence : MonitorWords.sentences(List.of(run))) {
            property("security-support", sentence);
        }
        end();
        for (PropertyResult result : run.properties()) {
            testCase(run, result);
        }
        end();
    }

    private void property(String name, String value) throws XMLStreamException {
        start("property");
        attribute("name", name);
        attribute("value", value);
        end();
    }

    private void counts(List<PropertyResult> results) throws XMLStreamException {
        attribute("tests", Integer.toString(results.size()));
        attribute("failures", count(results, Ending.FAILURE));
        attribute("errors", count(results, Ending.ERROR));
        attribute("skipped", count(results, Ending.SKIPPED));
    }

    private static String count(List<PropertyResult> results, Ending ending) {
        return Long.toString(
                results.stream().filter(result -> Ending.of(result) == ending).count());
    }

    private void testCase(RunResult run, PropertyResult result) throws XMLStreamException {
        start("testcase");
        attribute("name", ResultWords.question(result));
        attribute("classname", className(run));
        switch (Ending.of(result)) {
            case PASSED -> start("system-out");
            case SKIPPED -> ending("skipped", result);
            case FAILURE -> ending("failure", result);
            case ERROR -> ending("error", result);
        }
        for (String line : details(run, result)) {
            xml.writeCharacters("\n" + PlainText.of(line));
        }
        end();
        end();
    }

    /** Consumers take what stands before the last dot for a package; the names' own dots go. */
    private static String className(RunResult run) {
        return "cofferdam.%s.%s"
                .formatted(run.scenario().replace('.', '_'), run.policy().replace('.', '_'));
    }

    private void ending(String element, PropertyResult result) throws XMLStreamException {
        start(element);
        attribute(
                "message",
                "%s: %s"
                        .formatted(
                                ResultWords.verdict(result), result.judgement().reason()));
        if (!element.equals("skipped")) {
            attribute("type", ResultJson.nameOf(result.judgement().verdict()));
        }
    }

    private static List<String> details(RunResult run, PropertyResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(ResultWords.verdict(result));
        lines.add(result.judgement().reason());
        if (result.isAccepted() || result.isLapsed()) {
            lines.add("%s: %s"
                    .formatted(result.isLapsed() ? "was accepted" : "accepted", result.accepted()));
        }
        for (EvidenceReference reference : result.judgement().evidence()) {
            lines.add("evidence: " + ResultWords.place(run, reference));
        }
        lines.addAll(MonitorWords.warnings(List.of(run)));
        for (Figure figure : result.judgement().figures()) {
            lines.add("%s: %s %s"
                    .formatted(figure.name(), figure.value(), figure.unit())
                    .strip());
        }
        return lines;
    }

    private void start(String element) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
        xml.writeStartElement(element);
        depth++;
    }

    private void end() throws XMLStreamException {
        depth--;
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, PlainText.of(value));
    }
}
