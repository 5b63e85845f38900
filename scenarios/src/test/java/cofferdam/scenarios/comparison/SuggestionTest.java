package cofferdam.scenarios.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.scenarios.comparison.Synthetic.Result;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

final class SuggestionTest {

    private static final Policy PLAIN = Synthetic.policy("plain");

    @Test
    void theOneChangeThatDoesItIsSuggestedAsYaml() {
        Suggestion suggestion = wanted(keys -> is(keys, "network.mac-changes", "reject"));
        assertThat(suggestion.isFound()).isTrue();
        assertThat(suggestion.changes())
                .containsExactly(new PolicyChange("network.mac-changes", "reject"));
        assertThat(suggestion.snippet()).isEqualTo("network:\n  mac-changes: reject\n");
    }

    @Test
    void twoChangesThatWorkOnlyTogetherAreFound() {
        Suggestion suggestion = wanted(keys -> is(keys, "network.mac-changes", "reject")
                && is(keys, "network.forged-transmits", "reject"));
        assertThat(suggestion.changes())
                .containsExactlyInAnyOrder(
                        new PolicyChange("network.mac-changes", "reject"),
                        new PolicyChange("network.forged-transmits", "reject"));
    }

    @Test
    void whatHoldsAlreadyNeedsNoChange() {
        Suggestion suggestion = wanted(keys -> true);
        assertThat(suggestion.isFound()).isTrue();
        assertThat(suggestion.changes()).isEmpty();
        assertThat(suggestion.snippet()).isEmpty();
    }

    @Test
    void thatNothingDoesItIsSaidWithWhatIsNotReached() {
        Suggestion suggestion = wanted(keys -> false);
        assertThat(suggestion.isFound()).isFalse();
        assertThat(suggestion.changes()).isEmpty();
        assertThat(suggestion.unmet())
                .extracting(place -> place.question().property())
                .containsExactly("traffic-confidentiality");
    }

    @Test
    void theKindOfMonitorIsNeverChanged() {
        assertThat(wanted(keys -> is(keys, "monitor.type", "II")).isFound()).isFalse();
        assertThat(wanted(keys -> is(keys, "monitor.console-sees.nic", "true")).isFound())
                .isFalse();
    }

    @Test
    void aChangeThatCostsConnectivityIsNotSuggested() {
        Synthetic law = new Synthetic((scenario, keys) -> {
            boolean isolated = is(keys, "network.port-isolation", "true");
            boolean rejects = is(keys, "network.promiscuous", "reject");
            return new Result(
                    Map.of(
                            "traffic-confidentiality", upheldIf(isolated || rejects),
                            "connectivity", upheldIf(!isolated)),
                    0,
                    false);
        });
        Suggestion suggestion = suggestion(law);
        assertThat(suggestion.changes())
                .containsExactly(new PolicyChange("network.promiscuous", "reject"));
    }

    @Test
    void aChangeThatLosesTrafficIsNotSuggestedEvenWhereNobodyAsksForConnectivity() {
        Synthetic law = new Synthetic((scenario, keys) -> {
            boolean isolated = is(keys, "network.port-isolation", "true");
            return new Result(
                    Map.of("traffic-confidentiality", upheldIf(isolated)), isolated ? 1 : 0, false);
        });
        assertThat(suggestion(law).isFound()).isFalse();
    }

    @Test
    void takingTheConnectivityPropertyAwayIsALossToo() {
        Synthetic law = new Synthetic((scenario, keys) -> {
            boolean isolated = is(keys, "network.port-isolation", "true");
            return new Result(
                    Map.of(
                            "traffic-confidentiality",
                            upheldIf(isolated),
                            "connectivity",
                            isolated ? Verdict.NOT_APPLICABLE : Verdict.UPHELD),
                    0,
                    false);
        });
        assertThat(suggestion(law).isFound()).isFalse();
    }

    @Test
    void oneChangeForSeveralScenariosIsPreferredToOneForEach() {
        Synthetic law = new Synthetic((scenario, keys) -> {
            boolean both = is(keys, "network.promiscuous", "reject");
            String own =
                    scenario.equals("first") ? "network.mac-changes" : "network.forged-transmits";
            return new Result(
                    Map.of("traffic-confidentiality", upheldIf(both || is(keys, own, "reject"))),
                    0,
                    false);
        });
        Comparison comparison = Synthetic.comparing(
                        List.of(Synthetic.talking("first"), Synthetic.talking("second")),
                        List.of(PLAIN),
                        "traffic-confidentiality")
                .compare(law);
        assertThat(comparison.suggestions().getFirst().changes())
                .containsExactly(new PolicyChange("network.promiscuous", "reject"));
    }

    @Test
    void whereNotAllCanBeHadTheRestIsSuggestedAndTheRemainderNamed() {
        Synthetic law = new Synthetic((scenario, keys) -> new Result(
                Map.of(
                        "traffic-confidentiality",
                        upheldIf(scenario.equals("first")
                                && is(keys, "network.promiscuous", "reject"))),
                0,
                false));
        Suggestion suggestion = Synthetic.comparing(
                        List.of(Synthetic.talking("first"), Synthetic.talking("second")),
                        List.of(PLAIN),
                        "traffic-confidentiality")
                .compare(law)
                .suggestions()
                .getFirst();
        assertThat(suggestion.isFound()).isFalse();
        assertThat(suggestion.unmet())
                .extracting(Suggestion.Place::scenario)
                .containsExactly("second");
        assertThat(suggestion.changes())
                .containsExactly(new PolicyChange("network.promiscuous", "reject"));
    }

    @Test
    void thatAPropertyHoldsOnlyForWantOfABoundaryIsTold() {
        Synthetic law = new Synthetic((scenario, keys) -> new Result(
                Map.of(
                        "traffic-confidentiality",
                        is(keys, "network.promiscuous", "reject")
                                ? Verdict.NOT_APPLICABLE
                                : Verdict.VIOLATED),
                0,
                false));
        Suggestion suggestion = suggestion(law);
        assertThat(suggestion.isFound()).isTrue();
        assertThat(suggestion.withoutBoundary())
                .extracting(Suggestion.Place::scenario)
                .containsExactly("some");
    }

    private static Suggestion wanted(Predicate<Map<String, String>> holds) {
        return suggestion(Synthetic.of(keys -> upheldIf(holds.test(keys))));
    }

    private static Suggestion suggestion(Synthetic law) {
        return Synthetic.compare(law, List.of(PLAIN), "traffic-confidentiality")
                .suggestions()
                .getFirst();
    }

    private static boolean is(Map<String, String> keys, String key, String value) {
        return value.equals(keys.get(key));
    }

    private static Verdict upheldIf(boolean condition) {
        return condition ? Verdict.UPHELD : Verdict.VIOLATED;
    }
}
