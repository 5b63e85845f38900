package cofferdam.scenarios.report;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.Figure;
import cofferdam.analysis.FrameReference;
import cofferdam.analysis.ImageReference;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.RunFiles;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.policy.Acceptance;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.recording.RecordedEvidence;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.result.PropertyResult;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs of which every string was chosen by somebody who wants to do harm. */
final class HostileRuns {

    /** What would set {@code window.harmed}, were it run, or break out of where it stands. */
    static final List<String> STRINGS = List.of(
            "<script>window.harmed=1</script>",
            "\"><img src=x onerror=\"window.harmed=1\">",
            "'><svg/onload=window.harmed=1>",
            "javascript:window.harmed=1",
            "</script><script>window.harmed=1</script>",
            "</style><style>*{display:none}</style>",
            "--><!-- <b>",
            "]]><x>&amp;&#60;script&#62;",
            "${window.harmed=1}{{harmed}}<%= harmed %>",
            "\u202egnp.exe\u2066\u2069\u200b\ufeff",
            "nul\0bell\u0007escape\u001b[31m",
            "half \ud800 other \udc00 \ue000",
            "../../../etc/passwd?a=b#c%2e",
            "x".repeat(100_000));

    private HostileRuns() {}

    /** One run for each string, which stands in every place that takes text. */
    static List<ReportedRun> all() {
        List<ReportedRun> runs = new ArrayList<>();
        for (int number = 0; number < STRINGS.size(); number++) {
            runs.add(run(STRINGS.get(number), number));
        }
        return runs;
    }

    private static ReportedRun run(String text, int number) {
        Scenario scenario = scenario(text);
        Policy policy = policy(text);
        List<PropertyResult> results = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            results.add(new PropertyResult(
                    judgement(text + number, verdict, verdict.ordinal()),
                    verdict == Verdict.ERROR ? Verdict.UPHELD : null,
                    verdict == Verdict.VIOLATED ? text : null));
        }
        return new ReportedRun(
                SampleRuns.result(text, text, results),
                scenario,
                policy,
                RunFiles.of(files(text)),
                List.of(text, "..", text));
    }

    private static Scenario scenario(String text) {
        Scenario real = SampleRuns.scenario("promiscuous-capture");
        return new Scenario(
                text,
                text,
                List.of(text),
                real.properties(),
                real.disks(),
                real.memory(),
                real.network(),
                real.links(),
                real.limit(),
                real.steps());
    }

    private static Policy policy(String text) {
        Policy real = SampleRuns.policy("virtual-server-1.0");
        return new Policy(
                text,
                text,
                List.of(text),
                real.monitor(),
                real.network(),
                real.disk(),
                real.memory(),
                real.processor(),
                real.devices(),
                real.management(),
                List.of(new Acceptance(text, text, text)));
    }

    private static Judgement judgement(String text, Verdict verdict, int number) {
        TreeMap<Integer, String> comments = new TreeMap<>();
        comments.put(1, text);
        return new Judgement(
                new Question(text + number, List.of(text, text), text),
                verdict,
                text,
                List.of(
                        new FrameReference("captures/" + text + ".pcapng", comments),
                        new FrameReference("captures/vm1.pcapng", comments),
                        new ImageReference("images/" + text, List.of(0L, 5L)),
                        new EventReference(List.of(1, 2, 3, 4))),
                List.of(new Figure(text, text, text)));
    }

    private static SortedMap<String, byte[]> files(String text) {
        RecordedEvidence evidence = new RecordedEvidence();
        evidence.record(new Event.MachineStarted(
                1,
                "vm1",
                cofferdam.monitor.address.Ipv4Address.parse("10.0.0.1"),
                cofferdam.monitor.address.MacAddress.parse("02:00:00:00:00:01")));
        String told = text.length() > 10_000 ? text.substring(0, 10_000) : text;
        String whole =
                told.chars().anyMatch(sign -> Character.isSurrogate((char) sign)) ? "?" : told;
        evidence.record(new Event.AttackStarted(2, whole, whole, List.of(whole)));
        evidence.record(new Event.AttackReported(3, whole, whole, whole));
        evidence.record(new Event.MemorySampled(3, "monitor", whole, 9, 8, 7, 6, 5, 4));
        evidence.record(new Event.MemorySampled(4, "monitor", whole, 9, 8, 7, 6, 5, 4));
        evidence.record(new Event.RunFinished(5, whole, RunOutcome.COMPLETED, whole));
        SortedMap<String, byte[]> files = new TreeMap<>(evidence.files());
        files.put("images/" + text, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return files;
    }
}
