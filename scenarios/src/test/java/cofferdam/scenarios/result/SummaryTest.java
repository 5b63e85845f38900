package cofferdam.scenarios.result;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.scenarios.result.PropertyResult.Treatment;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

class SummaryTest {

    @Test
    void everythingUpheldExitsWithZero() {
        assertThat(exitCode(result(Verdict.UPHELD), result(Verdict.NOT_APPLICABLE)))
                .isZero();
    }

    @Test
    void aViolationExitsWithOne() {
        assertThat(exitCode(result(Verdict.UPHELD), result(Verdict.VIOLATED))).isEqualTo(1);
    }

    @Test
    void nothingWorseThanInconclusiveExitsWithThree() {
        assertThat(exitCode(result(Verdict.UPHELD), result(Verdict.INCONCLUSIVE)))
                .isEqualTo(3);
    }

    @Test
    void anErrorIsNeverAPass() {
        assertThat(exitCode(result(Verdict.ERROR))).isEqualTo(3);
    }

    @Test
    void aViolationOutranksAnUndecidedProperty() {
        assertThat(exitCode(result(Verdict.INCONCLUSIVE), result(Verdict.VIOLATED)))
                .isEqualTo(1);
    }

    @Test
    void anExpectedViolationExitsWithZero() {
        assertThat(exitCode(result(Verdict.VIOLATED, Verdict.VIOLATED, null))).isZero();
    }

    @Test
    void anUnexpectedlyUpheldPropertyExitsWithOne() {
        assertThat(exitCode(result(Verdict.UPHELD, Verdict.VIOLATED, null))).isEqualTo(1);
    }

    @Test
    void anInconclusivePropertyThatWasExpectedUpheldExitsWithThree() {
        assertThat(exitCode(result(Verdict.INCONCLUSIVE, Verdict.UPHELD, null))).isEqualTo(3);
    }

    @Test
    void anAcceptedViolationExitsWithZeroAndIsCountedAsAccepted() {
        PropertyResult accepted = result(Verdict.VIOLATED, null, "a lab network");
        assertThat(exitCode(accepted)).isZero();
        Summary summary = Summary.of(List.of(run(accepted)));
        assertThat(summary.accepted()).isEqualTo(1);
        assertThat(summary.violated()).isZero();
        assertThat(summary.upheld()).isZero();
    }

    @Test
    void aBaselineMendsNothingButViolations() {
        for (Verdict verdict : List.of(Verdict.INCONCLUSIVE, Verdict.ERROR)) {
            assertThat(exitCode(result(verdict).as(Treatment.KNOWN))).isEqualTo(3);
        }
        assertThat(exitCode(result(Verdict.UPHELD, Verdict.VIOLATED, null).as(Treatment.KNOWN)))
                .isEqualTo(1);
        assertThat(exitCode(result(Verdict.VIOLATED).as(Treatment.KNOWN))).isZero();
    }

    @Test
    void anAcceptanceThatIsOverMendsNothing() {
        PropertyResult lapsed =
                result(Verdict.VIOLATED, null, "a lab network").as(Treatment.LAPSED);
        assertThat(exitCode(lapsed)).isEqualTo(1);
        assertThat(Summary.of(List.of(run(lapsed))).accepted()).isZero();
    }

    @Test
    void acceptanceDoesNotMendAnythingButViolations() {
        assertThat(exitCode(result(Verdict.INCONCLUSIVE, null, "a lab network")))
                .isEqualTo(3);
    }

    @Test
    void countsEveryVerdictOnce() {
        List<PropertyResult> all =
                Arrays.stream(Verdict.values()).map(SummaryTest::result).toList();
        assertThat(Summary.of(List.of(run(all.toArray(PropertyResult[]::new)))))
                .isEqualTo(new Summary(1, 1, 1, 1, 1, 0, 3));
    }

    private static int exitCode(PropertyResult... results) {
        return Summary.exitCode(List.of(run(results)));
    }

    private static RunResult run(PropertyResult... results) {
        return new RunResult("s", "p", "emulated", 1, List.of(results), null, Duration.ZERO);
    }

    private static PropertyResult result(Verdict verdict) {
        return result(verdict, null, null);
    }

    private static PropertyResult result(
            Verdict verdict, @Nullable Verdict expected, @Nullable String accepted) {
        Question question =
                new Question("traffic-confidentiality", List.of("vm1", "source"), "vm2");
        return new PropertyResult(
                new Judgement(question, verdict, "because", List.of()), expected, accepted);
    }
}
