package cofferdam.scenarios.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.Acceptance;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.comparison.Matrix.PropertyRow;
import cofferdam.scenarios.comparison.Matrix.Worst;
import cofferdam.scenarios.comparison.Synthetic.Result;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class StandingsTest {

    private static final Policy ACCEPT = Synthetic.policy("accepts", "network.promiscuous: accept");
    private static final Policy OWN = Synthetic.policy("own", "network.promiscuous: own-port");
    private static final Policy REJECT = Synthetic.policy("rejects", "network.promiscuous: reject");

    @Test
    void aPolicyThatHoldsMoreThanAnotherDominatesIt() {
        Comparison comparison = compare(
                Map.of("reject", Verdict.UPHELD, "accept", Verdict.VIOLATED), ACCEPT, REJECT);
        assertThat(comparison.standings())
                .extracting(Standing::dominates)
                .containsExactly(List.of(), List.of("accepts"));
        assertThat(comparison.standings().get(1).only())
                .containsExactly(
                        "traffic-confidentiality in first", "traffic-confidentiality in second");
        assertThat(comparison.conclusion().getFirst())
                .isEqualTo("rejects holds everything that accepts holds, and more:"
                        + " 4 upheld, 0 violated, 0 undecided, 0 without such a boundary");
    }

    @Test
    void anUndecidedPropertyIsNotHeldAndIsTold() {
        Comparison comparison = compare(
                Map.of("reject", Verdict.UPHELD, "accept", Verdict.INCONCLUSIVE), ACCEPT, REJECT);
        assertThat(comparison.standings().get(1).dominates()).containsExactly("accepts");
        assertThat(comparison.matrix().isUndecided()).isTrue();
        assertThat(comparison.conclusion())
                .contains("of accepts, 2 properties are undecided, of which nothing can be said")
                .first()
                .asString()
                .startsWith("rejects was shown to hold everything that accepts was shown to hold,"
                        + " and more:");
    }

    @Test
    void whatIsUndecidedIsNotSaidToBeUpheldByOneAlone() {
        Synthetic law = new Synthetic((scenario, keys) -> new Result(
                Map.of(
                        "traffic-confidentiality",
                        scenario.equals("first") == keys.containsValue("reject")
                                ? Verdict.UPHELD
                                : Verdict.INCONCLUSIVE),
                0,
                false));
        assertThat(compare(law, ACCEPT, REJECT).conclusion())
                .contains(
                        "only accepts was shown to uphold traffic-confidentiality in second",
                        "only rejects was shown to uphold traffic-confidentiality in first")
                .first()
                .asString()
                .startsWith("no policy was shown to hold everything that the others were shown"
                        + " to hold;");
    }

    @Test
    void policiesOfWhichNothingIsKnownAreNotSaidToBeAlike() {
        Comparison comparison = compare(
                Map.of("reject", Verdict.VIOLATED, "accept", Verdict.INCONCLUSIVE), ACCEPT, REJECT);
        assertThat(comparison.conclusion().getFirst())
                .isEqualTo("the policies do not differ in what they were shown to uphold in these"
                        + " scenarios");
    }

    @ParameterizedTest
    @CsvSource({"2027-01-30, 0", "2027-01-31, 1", "2027-02-01, 1"})
    void aViolationWhoseAcceptanceIsOverIsNotAccepted(LocalDate until, int accepted) {
        Policy lenient = withAcceptance(ACCEPT, until);
        Comparison comparison = compare(
                Map.of("reject", Verdict.UPHELD, "accept", Verdict.VIOLATED), lenient, REJECT);
        assertThat(comparison.standings().getFirst().accepted()).isEqualTo(accepted);
        assertThat(comparison.standings().getFirst().violated()).isEqualTo(2);
    }

    private static Policy withAcceptance(Policy policy, LocalDate until) {
        return new Policy(
                policy.name(),
                policy.summary(),
                policy.sources(),
                policy.monitor(),
                policy.network(),
                policy.disk(),
                policy.memory(),
                policy.processor(),
                policy.devices(),
                policy.management(),
                List.of(new Acceptance(
                        "first", "traffic-confidentiality", "for now", Optional.of(until))));
    }

    @Test
    void thereBeingNoBoundaryIsNotALossButNothingThatWasUpheldEither() {
        Comparison comparison = compare(
                Map.of("reject", Verdict.NOT_APPLICABLE, "accept", Verdict.VIOLATED),
                ACCEPT,
                REJECT);
        Standing rejects = comparison.standings().get(1);
        assertThat(rejects.dominates()).containsExactly("accepts");
        assertThat(rejects.only()).isEmpty();
        assertThat(rejects.upheld()).isEqualTo(2);
        assertThat(rejects.notApplicable()).isEqualTo(2);
    }

    @Test
    void policiesThatHoldTheSameAreSaidToBeAlike() {
        Comparison comparison = compare(Map.of(), ACCEPT, REJECT);
        assertThat(comparison.standings())
                .extracting(Standing::like)
                .containsExactly(List.of("rejects"), List.of("accepts"));
        assertThat(comparison.conclusion().getFirst())
                .isEqualTo("the policies do not differ in what they uphold in these scenarios");
    }

    @Test
    void whereNoneHoldsAllEachIsToldForWhatItAloneHolds() {
        Synthetic law = new Synthetic((scenario, keys) -> new Result(
                Map.of(
                        "traffic-confidentiality",
                        scenario.equals("first") == keys.containsValue("reject")
                                ? Verdict.UPHELD
                                : Verdict.VIOLATED),
                0,
                false));
        assertThat(compare(law, ACCEPT, REJECT).conclusion())
                .contains(
                        "only accepts upholds traffic-confidentiality in second",
                        "only rejects upholds traffic-confidentiality in first")
                .first()
                .asString()
                .startsWith(
                        "no policy holds everything that the others hold; accepts upholds most");
    }

    @Test
    void theWorstVerdictOfAPropertyIsToldWithTheScenariosThatBrokeIt() {
        Synthetic law = new Synthetic((scenario, keys) -> new Result(
                Map.of(
                        "traffic-confidentiality",
                        scenario.equals("first")
                                ? Verdict.INCONCLUSIVE
                                : keys.containsValue("reject") ? Verdict.UPHELD : Verdict.VIOLATED),
                0,
                false));
        PropertyRow row = compare(law, ACCEPT, REJECT).matrix().condensed().getFirst();
        assertThat(row.property()).isEqualTo("traffic-confidentiality");
        assertThat(row.worst())
                .containsExactly(
                        new Worst(Verdict.VIOLATED, List.of("second")),
                        new Worst(Verdict.INCONCLUSIVE, List.of("first")));
    }

    @Test
    void whatAPolicyCostsIsTheLegitimateTrafficThatFailed() {
        Synthetic law = new Synthetic((scenario, keys) -> {
            boolean cut = keys.containsValue("reject") && scenario.equals("second");
            return new Result(
                    Map.of("connectivity", cut ? Verdict.VIOLATED : Verdict.UPHELD),
                    cut ? 3 : 0,
                    false);
        });
        Comparison comparison = compare(law, ACCEPT, REJECT);
        Cost cost = comparison.costs().get(1);
        assertThat(cost.traffic().begun()).isEqualTo(20);
        assertThat(cost.traffic().lost()).isEqualTo(3);
        assertThat(cost.connectivityLost()).containsExactly("second");
        assertThat(cost.losses()).containsExactly(new Cost.Loss("second", 3, 10));
        assertThat(comparison.conclusion())
                .contains(
                        "accepts loses none of 20 legitimate exchanges",
                        "rejects loses 3 of 20 legitimate exchanges (second)");
    }

    @Test
    void threePoliciesAreRanked() {
        Comparison comparison = compare(
                Map.of(
                        "reject", Verdict.UPHELD,
                        "own-port", Verdict.UPHELD,
                        "accept", Verdict.VIOLATED),
                ACCEPT,
                OWN,
                REJECT);
        assertThat(comparison.conclusion().getFirst())
                .startsWith("own holds everything that accepts holds, and more, as rejects does:");
        assertThat(comparison.pairings()).hasSize(3);
    }

    private static Comparison compare(Map<String, Verdict> byPromiscuous, Policy... policies) {
        Synthetic law = Synthetic.of(keys ->
                byPromiscuous.getOrDefault(keys.get("network.promiscuous"), Verdict.UPHELD));
        return compare(law, policies);
    }

    private static Comparison compare(Synthetic law, Policy... policies) {
        return Synthetic.comparing(
                        List.of(Synthetic.talking("first"), Synthetic.talking("second")),
                        List.of(policies))
                .compare(law);
    }
}
