package cofferdam.scenarios.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.scenarios.result.Cell;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.RunResult;
import cofferdam.scenarios.result.Summary;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

class ReckoningTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate YESTERDAY = TODAY.minusDays(1);
    private static final Question QUESTION =
            new Question("connectivity", List.of("vm1", "source"), "");
    private static final Cell CELL = new Cell("ping", "lab", "emulated", QUESTION);

    @Test
    void aViolationThatTheBaselineHasIsKnownAndTheBuildPasses() {
        Reckoning reckoning = reckon(known(), result(Verdict.VIOLATED));
        assertThat(exit(reckoning)).isZero();
        assertThat(reckoning.known()).isEqualTo(1);
        assertThat(reckoning.fresh()).isZero();
        assertThat(Summary.of(reckoning.runs()).violated()).isEqualTo(1);
        assertThat(Summary.of(reckoning.runs()).accepted()).isZero();
    }

    @Test
    void anyOtherViolationIsNewAndTheBuildFails() {
        Question other = new Question("connectivity", List.of("vm2", "source"), "");
        for (Cell cell : List.of(
                new Cell("ping", "lab", "emulated", other),
                new Cell("ping", "lab-2", "emulated", QUESTION),
                new Cell("pong", "lab", "emulated", QUESTION),
                new Cell("ping", "lab", "qemu", QUESTION))) {
            Reckoning reckoning = reckon(known(cell, null), result(Verdict.VIOLATED));
            assertThat(exit(reckoning)).as(cell.words()).isEqualTo(1);
            assertThat(reckoning.fresh()).isEqualTo(1);
        }
    }

    @Test
    void theBaselineForgivesNothingButViolations() {
        assertThat(exit(reckon(known(), result(Verdict.INCONCLUSIVE)))).isEqualTo(3);
        assertThat(exit(reckon(known(), result(Verdict.ERROR)))).isEqualTo(3);
        assertThat(exit(reckon(known(), result(Verdict.UPHELD, Verdict.VIOLATED, null, null))))
                .isEqualTo(1);
    }

    @Test
    void theBaselineForgivesAViolationThatWasNotExpected() {
        PropertyResult unexpected = result(Verdict.VIOLATED, Verdict.UPHELD, null, null);
        assertThat(exit(reckon(Baseline.EMPTY, unexpected))).isEqualTo(1);
        assertThat(exit(reckon(known(), unexpected))).isZero();
    }

    @Test
    void anExpectedViolationIsNotNew() {
        PropertyResult expected = result(Verdict.VIOLATED, Verdict.VIOLATED, null, null);
        Reckoning reckoning = reckon(Baseline.EMPTY, expected);
        assertThat(reckoning.fresh()).isZero();
        assertThat(exit(reckoning)).isZero();
        assertThat(Baseline.EMPTY.after(reckoning)).isEqualTo(Baseline.EMPTY);
    }

    @Test
    void anAcceptanceHoldsOnItsLastDayAndNoLonger() {
        assertThat(exit(reckon(Baseline.EMPTY, accepted(TODAY)))).isZero();
        Reckoning over = reckon(Baseline.EMPTY, accepted(YESTERDAY));
        assertThat(exit(over)).isEqualTo(1);
        assertThat(over.lapsed()).isEqualTo(1);
        assertThat(over.fresh()).isZero();
        assertThat(Summary.of(over.runs()).violated()).isEqualTo(1);
        assertThat(exit(reckon(Baseline.EMPTY, accepted(null)))).isZero();
    }

    @Test
    void anAcceptanceOfTheBaselineHoldsAndEndsInTheSameWay() {
        PropertyResult violated = result(Verdict.VIOLATED);
        Reckoning holds = reckon(known(CELL, TODAY), violated);
        assertThat(exit(holds)).isZero();
        assertThat(Summary.of(holds.runs()).accepted()).isEqualTo(1);
        Reckoning over = reckon(known(CELL, YESTERDAY), violated);
        assertThat(exit(over)).isEqualTo(1);
        assertThat(over.lapsed()).isEqualTo(1);
    }

    @Test
    void anAcceptanceThatIsOverIsNotHiddenByTheBaseline() {
        assertThat(exit(reckon(known(), accepted(YESTERDAY)))).isEqualTo(1);
    }

    @Test
    void whicheverAcceptanceStillHoldsIsTheOneThatCounts() {
        assertThat(exit(reckon(known(CELL, TODAY), accepted(YESTERDAY)))).isZero();
        assertThat(exit(reckon(known(CELL, YESTERDAY), accepted(TODAY)))).isZero();
    }

    @Test
    void whatIsFixedIsToldAndLeavesTheBaseline() {
        Reckoning reckoning = reckon(known(), result(Verdict.UPHELD));
        assertThat(reckoning.gone()).containsExactly(new Gone(CELL, "upheld"));
        assertThat(exit(reckoning)).isZero();
        assertThat(known().after(reckoning)).isEqualTo(Baseline.EMPTY);
    }

    @Test
    void aQuestionThatIsNotAskedAnyMoreIsToldToo() {
        assertThat(reckon(known()).gone()).containsExactly(new Gone(CELL, Gone.NOT_ASKED));
    }

    @Test
    void whatWasNotRunOrNotDecidedIsNeitherFixedNorForgotten() {
        for (Verdict verdict : List.of(Verdict.INCONCLUSIVE, Verdict.ERROR)) {
            Reckoning reckoning = reckon(known(), result(verdict));
            assertThat(reckoning.gone()).isEmpty();
            assertThat(known().after(reckoning)).isEqualTo(known());
        }
        Baseline elsewhere = known(new Cell("ping", "other", "emulated", QUESTION), null);
        Reckoning reckoning = reckon(elsewhere, result(Verdict.UPHELD));
        assertThat(reckoning.gone()).isEmpty();
        assertThat(elsewhere.after(reckoning)).isEqualTo(elsewhere);
    }

    @Test
    void underSeveralSeedsOneViolationIsEnoughToKeepTheEntry() {
        RunResult upheld = run(2, result(Verdict.UPHELD));
        RunResult violated = run(1, result(Verdict.VIOLATED));
        for (List<RunResult> runs : List.of(List.of(upheld, violated), List.of(violated, upheld))) {
            assertThat(Reckoning.of(runs, known(), TODAY).gone()).isEmpty();
        }
    }

    @Test
    void aNewBaselineHasWhatIsNewAndKeepsWhatItSaidOfTheRest() {
        Baseline before = known(CELL, TODAY);
        Baseline after = before.after(reckon(before, result(Verdict.VIOLATED)));
        assertThat(after).isEqualTo(before);
        assertThat(Baseline.EMPTY.after(reckon(Baseline.EMPTY, result(Verdict.VIOLATED))))
                .isEqualTo(known());
    }

    @Test
    void writingANewBaselineDoesNotRenewAnAcceptanceThatIsOver() {
        Baseline before = known(CELL, YESTERDAY);
        Baseline after = before.after(reckon(before, result(Verdict.VIOLATED)));
        assertThat(exit(reckon(after, result(Verdict.VIOLATED)))).isEqualTo(1);
        Baseline fresh = Baseline.EMPTY.after(reckon(Baseline.EMPTY, accepted(YESTERDAY)));
        assertThat(exit(reckon(fresh, accepted(YESTERDAY)))).isEqualTo(1);
    }

    @Test
    void anAcceptedViolationDoesNotGoIntoTheBaseline() {
        Reckoning reckoning = reckon(Baseline.EMPTY, accepted(TODAY));
        assertThat(Baseline.EMPTY.after(reckoning)).isEqualTo(Baseline.EMPTY);
    }

    private static Reckoning reckon(Baseline baseline, PropertyResult... results) {
        return Reckoning.of(List.of(run(1, results)), baseline, TODAY);
    }

    private static int exit(Reckoning reckoning) {
        return Summary.exitCode(reckoning.runs());
    }

    private static Baseline known() {
        return known(CELL, null);
    }

    private static Baseline known(Cell cell, @Nullable LocalDate until) {
        TreeMap<Cell, Optional<AcceptedRisk>> known = new TreeMap<>();
        known.put(
                cell,
                Optional.ofNullable(until).map(day -> new AcceptedRisk("a lab", Optional.of(day))));
        return new Baseline(known);
    }

    private static RunResult run(long seed, PropertyResult... results) {
        return new RunResult(
                "ping", "lab", "emulated", seed, List.of(results), null, Duration.ZERO);
    }

    private static PropertyResult accepted(@Nullable LocalDate until) {
        return result(Verdict.VIOLATED, null, "a lab", until);
    }

    private static PropertyResult result(Verdict verdict) {
        return result(verdict, null, null, null);
    }

    private static PropertyResult result(
            Verdict verdict,
            @Nullable Verdict expected,
            @Nullable String accepted,
            @Nullable LocalDate until) {
        return new PropertyResult(
                new Judgement(QUESTION, verdict, "because", List.of()), expected, accepted, until);
    }
}
