package cofferdam.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Verdict;
import cofferdam.analysis.story.Leak;
import cofferdam.scenarios.result.PropertyResult;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

class ReportsTest {

    private static final ReportedRun HUB =
            SampleRuns.run("promiscuous-capture", "virtual-server-1.0");

    private static Account account(Report report, int row, int column) {
        int number = report.rows().get(row).cells().get(column).orElseThrow().account();
        return report.chapters().stream()
                .flatMap(chapter -> chapter.accounts().stream())
                .filter(account -> account.number() == number)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyCellLeadsToTheAccountOfItsVerdict() {
        Report report = SampleRuns.report(SampleRuns.runs(
                List.of("promiscuous-capture", "mac-spoofing"), List.of("esx-1.5.2", "hardened")));

        assertThat(report.columns())
                .extracting(Column::name)
                .containsExactly("esx-1.5.2", "hardened");
        assertThat(report.rows()).hasSizeGreaterThan(3);
        for (Row row : report.rows()) {
            for (int column = 0; column < row.cells().size(); column++) {
                Cell cell = row.cells().get(column).orElseThrow();
                Account account = account(report, row.number(), column);
                assertThat(account.row()).isEqualTo(row.number());
                assertThat(account.outcome()).isEqualTo(cell.outcome());
                assertThat(account.cases()).extracting(Account.Case::column).contains(column);
                assertThat(account.story().isPresent()).isEqualTo(cell.outcome().isToldAtLength());
            }
        }
    }

    @Test
    void theStoryOfALeakNamesSenderReceiverAndWhoSawIt() {
        Report report = SampleRuns.report(List.of(HUB));

        Leak leak = account(report, 0, 0)
                .story()
                .flatMap(story -> story.topology())
                .flatMap(topology -> topology.leak())
                .orElseThrow();

        assertThat(leak).isInstanceOfSatisfying(Leak.OfFrame.class, frame -> {
            assertThat(frame.from()).isEqualTo("source");
            assertThat(frame.meantFor()).isEqualTo("vm1");
            assertThat(frame.seenBy()).isEqualTo("vm2");
            assertThat(frame.sightings())
                    .extracting(Leak.Sighting::vantage)
                    .contains("source", "uplink", "vm1", "vm2");
        });
    }

    @Test
    void whatCameAboutInTheSameWayIsToldOnce() {
        Report report = SampleRuns.report(
                List.of(HUB, SampleRuns.renamed(HUB, "promiscuous-capture", "another-hub", "")));

        assertThat(account(report, 0, 0)).isEqualTo(account(report, 0, 1));
        assertThat(account(report, 0, 0).cases())
                .extracting(Account.Case::folder)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void anotherReasonIsToldApart() {
        Report report = SampleRuns.report(List.of(
                HUB, SampleRuns.renamed(HUB, "promiscuous-capture", "another-hub", " twice")));

        assertThat(account(report, 0, 0).number())
                .isNotEqualTo(account(report, 0, 1).number());
    }

    @Test
    void anotherWayToTheSameVerdictIsToldApart() {
        ReportedRun flooded = SampleRuns.run("mac-flooding", "physical");
        ReportedRun hub = SampleRuns.run("mac-flooding", "virtual-server-1.0");
        Report report = SampleRuns.report(List.of(sameReason(flooded), sameReason(hub)));

        assertThat(report.rows().getFirst().cells())
                .allSatisfy(cell ->
                        assertThat(cell.orElseThrow().outcome()).isEqualTo(Outcome.VIOLATED));
        assertThat(account(report, 0, 0).number())
                .isNotEqualTo(account(report, 0, 1).number());
    }

    private static ReportedRun sameReason(ReportedRun run) {
        List<PropertyResult> results = run.result().properties().stream()
                .map(result -> new PropertyResult(
                        SampleRuns.withReason(result.judgement(), "so"), null, null))
                .toList();
        return SampleRuns.reported(
                SampleRuns.result(run.result().scenario(), run.result().policy(), results),
                run.scenario(),
                run.policy(),
                run.files());
    }

    @Test
    void twoPoliciesOfOneNameThatDifferAreTwoColumns() {
        ReportedRun other = SampleRuns.run("promiscuous-capture", "hardened");
        ReportedRun pretender = SampleRuns.reported(
                SampleRuns.result(
                        "promiscuous-capture",
                        "virtual-server-1.0",
                        other.result().properties()),
                other.scenario(),
                SampleRuns.renamed(other, "promiscuous-capture", "virtual-server-1.0", "")
                        .policy(),
                other.files());

        Report report = SampleRuns.report(List.of(HUB, pretender));

        assertThat(report.columns())
                .extracting(Column::name)
                .containsExactly("virtual-server-1.0", "virtual-server-1.0 (2)");
        assertThat(report.rows().getFirst().cells())
                .extracting(cell -> cell.orElseThrow().outcome())
                .containsExactly(Outcome.VIOLATED, Outcome.UPHELD);
    }

    @Test
    void theSameRunOfTwoBundlesIsShownTwice() {
        Report report = SampleRuns.report(List.of(HUB, HUB));

        assertThat(report.columns()).hasSize(2);
        assertThat(report.count(Outcome.VIOLATED)).isEqualTo(2);
    }

    @Test
    void otherScenariosUnderTheSamePolicyShareItsColumn() {
        Report report = SampleRuns.report(
                List.of(HUB, SampleRuns.run("host-capture", "virtual-server-1.0")));

        assertThat(report.columns()).hasSize(1);
        assertThat(report.chapters()).hasSize(2);
    }

    @Test
    void anAcceptedViolationIsNoUpheldProperty() {
        ReportedRun accepted = SampleRuns.reported(
                SampleRuns.result(
                        "promiscuous-capture",
                        "virtual-server-1.0",
                        HUB.result().properties().stream()
                                .map(result -> new PropertyResult(
                                        result.judgement(), null, "a laboratory"))
                                .toList()),
                HUB.scenario(),
                HUB.policy(),
                HUB.files());

        Report report = SampleRuns.report(List.of(accepted));

        assertThat(report.rows().getFirst().cells().getFirst().map(Cell::outcome))
                .contains(Outcome.ACCEPTED);
        assertThat(report.count(Outcome.VIOLATED)).isZero();
        assertThat(account(report, 0, 0).story()).isPresent();
    }

    @Test
    void moreStoriesThanAReportCanHoldAreToldTogetherWhateverTheirWords() {
        List<ReportedRun> many = IntStream.rangeClosed(0, Reports.MAXIMUM_AT_LENGTH)
                .mapToObj(number -> SampleRuns.renamed(
                        HUB, "promiscuous-capture", "hub-" + number, " in room " + number))
                .toList();

        Report report = SampleRuns.report(many);

        Account account = account(report, 0, 7);
        assertThat(account.cases()).hasSize(Reports.MAXIMUM_AT_LENGTH + 1);
        assertThat(account.cases().get(7).reason()).endsWith(" in room 7");
        assertThat(account.hasOneReason()).isFalse();
    }

    @Test
    void picturesBeyondTheLimitAreLeftOutAndTheReportSaysSo() {
        List<ReportedRun> many = IntStream.rangeClosed(0, Reports.MAXIMUM_AT_LENGTH)
                .mapToObj(number ->
                        SampleRuns.renamed(HUB, "scenario-" + number, "virtual-server-1.0", ""))
                .toList();

        Report report = SampleRuns.report(many);

        assertThat(account(report, 0, 0).story().orElseThrow().sequences()).isNotEmpty();
        Account last = report.chapters().getLast().accounts().getFirst();
        assertThat(last.story().orElseThrow().sequences()).isEmpty();
        assertThat(last.story().orElseThrow().topology()).isPresent();
        assertThat(last.story().orElseThrow().problems())
                .containsExactly(
                        "frames, bytes and events are left out here, to keep the report small");
    }

    @Test
    void evidenceThatCannotBeReadIsToldOfAndEndsNothing() {
        ReportedRun lost = SampleRuns.reported(
                HUB.result(), HUB.scenario(), HUB.policy(), name -> Optional.empty());

        Report report = SampleRuns.report(List.of(lost));

        assertThat(account(report, 0, 0).result().judgement().verdict())
                .isEqualTo(Verdict.VIOLATED);
        assertThat(account(report, 0, 0).story().orElseThrow().problems())
                .containsExactly("there is no events.jsonl");
    }
}
