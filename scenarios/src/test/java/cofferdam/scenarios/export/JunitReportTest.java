package cofferdam.scenarios.export;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Verdict;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.RunResult;

import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** Read by what Maven's own report of tests reads such files with. */
class JunitReportTest {

    @Test
    void surefireCountsWhatFailedWhatIsUndecidedAndWhatWasSkipped() throws Exception {
        RunResult run = Results.run(Results.ofEveryKind().toArray(PropertyResult[]::new));
        ReportTestSuite suite = parsed(JunitReport.forBundle(List.of(run))).getFirst();
        assertThat(suite.getFullClassName()).isEqualTo("cofferdam.arp-poisoning.esx-1_5_2");
        assertThat(suite.getNumberOfTests()).isEqualTo(9);
        assertThat(suite.getNumberOfFailures()).isEqualTo(2);
        assertThat(suite.getNumberOfErrors()).isEqualTo(2);
        assertThat(suite.getNumberOfSkipped()).isEqualTo(2);
        assertThat(suite.getTestCases().stream().map(JunitReportTest::ending))
                .containsExactly(
                        "passed", "skipped", "passed", "passed", "skipped", "failure", "failure",
                        "error", "error");
    }

    @Test
    void aViolationIsAFailureWithItsReasonAndItsEvidence() throws Exception {
        ReportTestCase violated = only(Results.result(Verdict.VIOLATED));
        assertThat(violated.getFullName())
                .isEqualTo("cofferdam.arp-poisoning.esx-1_5_2."
                        + "traffic-confidentiality (vm1 <-> source, observer vm2)");
        assertThat(violated.getFailureType()).isEqualTo("violated");
        assertThat(violated.getFailureMessage()).isEqualTo("violated: because");
        assertThat(violated.getFailureDetail())
                .contains(
                        "arp-poisoning/esx-1.5.2/emulated/seed-1/captures/vm2.pcapng frames 12, 14")
                .contains("images/0/vm1.img offset 4096")
                .contains("monitor emulated is no security boundary: It holds nobody."
                        + " (security.html)");
    }

    @Test
    void inconclusiveIsAnErrorWithTheReasonAndNeverAPass() throws Exception {
        ReportTestCase undecided = only(Results.result(Verdict.INCONCLUSIVE));
        assertThat(undecided.hasError()).isTrue();
        assertThat(undecided.getFailureMessage()).isEqualTo("inconclusive: because");
    }

    @Test
    void anAcceptedViolationPassesWithTheReasonInItsOutput() throws Exception {
        PropertyResult accepted = new PropertyResult(
                Results.judgement("connectivity", Verdict.VIOLATED, "because"),
                null,
                "a lab has no secrets",
                LocalDate.of(2027, 1, 31));
        assertThat(only(accepted).isSuccessful()).isTrue();
        assertThat(text(JunitReport.forBundle(List.of(Results.run(accepted)))))
                .contains("violated, accepted until 2027-01-31")
                .contains("accepted: a lab has no secrets");
    }

    @Test
    void anAcceptanceThatIsOverIsAFailureThatSaysSo() throws Exception {
        PropertyResult lapsed = new PropertyResult(
                Results.judgement("connectivity", Verdict.VIOLATED, "because"),
                null,
                "a lab",
                LocalDate.of(2026, 1, 31),
                PropertyResult.Treatment.LAPSED);
        assertThat(only(lapsed).getFailureMessage())
                .isEqualTo("violated, accepted until 2026-01-31, which is over: because");
    }

    @Test
    void hostileTextStaysText() throws Exception {
        RunResult run = Results.run(new PropertyResult(
                Results.judgement("connectivity", Verdict.VIOLATED, Results.HOSTILE), null, null));
        byte[] document = JunitReport.forBundle(List.of(run));
        ReportTestCase violated = parsed(document).getFirst().getTestCases().getFirst();
        assertThat(violated.getFailureMessage())
                .startsWith("violated: </code></details><script>alert(1)</script>")
                .contains("]]> & \"q\" 'a'", "\\u000a# heading\\u000d\\u000a", "\\u0000\\u001b[2J")
                .contains("\\u202e", "\\u2028", "\\ufffe", "\\ud800");
        assertThat(text(document)).doesNotContain("<script>", "\u001b", "\u202e", "\ufffe");
    }

    @Test
    void theBundlesDocumentDoesNotTellHowLongAnythingTook() {
        RunResult fast = Results.run(Results.result(Verdict.UPHELD));
        RunResult slow = new RunResult(
                fast.scenario(),
                fast.policy(),
                fast.monitor(),
                fast.seed(),
                fast.properties(),
                fast.securitySupport(),
                Duration.ofDays(1));
        assertThat(JunitReport.forBundle(List.of(slow)))
                .isEqualTo(JunitReport.forBundle(List.of(fast)));
        assertThat(text(JunitReport.forStandardOutput(List.of(fast)))).contains("time=\"1.234\"");
    }

    @Test
    void noRunsAreADocumentToo() throws Exception {
        assertThat(parsed(JunitReport.forBundle(List.of()))).isEmpty();
    }

    private static String ending(ReportTestCase testCase) {
        if (testCase.hasSkipped()) {
            return "skipped";
        }
        if (testCase.hasError()) {
            return "error";
        }
        return testCase.hasFailure() ? "failure" : "passed";
    }

    private static ReportTestCase only(PropertyResult result) throws Exception {
        List<ReportTestSuite> suites =
                parsed(JunitReport.forStandardOutput(List.of(Results.run(result))));
        assertThat(suites).hasSize(1);
        assertThat(suites.getFirst().getTestCases()).hasSize(1);
        return suites.getFirst().getTestCases().getFirst();
    }

    private static List<ReportTestSuite> parsed(byte[] document) throws Exception {
        return new TestSuiteXmlParser(new NullConsoleLogger())
                .parse(new InputStreamReader(
                        new ByteArrayInputStream(document), StandardCharsets.UTF_8));
    }

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }
}
