package cofferdam.scenarios.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.comparison.Cause.Explanation;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

final class CauseTest {

    private static final String[] OPEN = {
        "network.promiscuous: accept",
        "network.mac-changes: accept",
        "network.forged-transmits: accept",
        "network.unknown-unicast: flood",
        "network.port-security: off",
        "network.port-isolation: false",
        "network.rate-limit: off",
        "network.arp-inspection: off"
    };

    private static final String[] CLOSED = {
        "network.promiscuous: reject",
        "network.mac-changes: reject",
        "network.forged-transmits: reject",
        "network.unknown-unicast: drop",
        "network.port-security: {addresses: 1}",
        "network.port-isolation: true",
        "network.rate-limit: 2Mbit",
        "network.arp-inspection: {drop: before-learning}"
    };

    private static final Policy CLOSED_POLICY = Synthetic.policy("closed", CLOSED);
    private static final Policy OPEN_POLICY = Synthetic.policy("open", OPEN);

    @Test
    void theOneKeyThatMattersIsNamed() {
        Cause cause = cause(Synthetic.of(keys -> violatedIf(isOpen(keys, 1) == 1)));
        assertThat(cause.explanations())
                .containsExactly(in("closed", "network.promiscuous: accept"));
    }

    @Test
    void eachOfSeveralKeysThatExplainAloneIsNamed() {
        Cause cause = cause(Synthetic.of(keys -> violatedIf(isOpen(keys, 2) > 0)));
        assertThat(cause.explanations())
                .containsExactlyInAnyOrder(
                        in("closed", "network.promiscuous: accept"),
                        in("closed", "network.mac-changes: accept"));
    }

    @Test
    void whereOneDefenceOfSeveralSufficesThatIsFoundFromTheOtherPolicy() {
        Cause cause = cause(Synthetic.of(keys -> violatedIf(isOpen(keys, 2) == 2)));
        assertThat(cause.explanations())
                .containsExactlyInAnyOrder(
                        in("open", "network.promiscuous: reject"),
                        in("open", "network.mac-changes: reject"));
    }

    @Test
    void keysThatExplainOnlyTogetherAreNamedTogether() {
        Cause cause = cause(allOrNothing(2));
        assertThat(cause.explanations())
                .containsExactly(
                        in("closed", "network.promiscuous: accept", "network.mac-changes: accept"));
    }

    @Test
    void moreThanTwoKeysAreFoundByLeavingOut() {
        Cause cause = cause(allOrNothing(4));
        assertThat(cause.explanations()).hasSize(1);
        assertThat(cause.explanations().getFirst().changes())
                .containsExactlyInAnyOrder(Stream.of(OPEN)
                        .limit(4)
                        .map(CauseTest::change)
                        .toArray(PolicyChange[]::new));
    }

    @Test
    void thatNoSetUpToTheBoundExplainsIsSaid() {
        Cause cause = cause(allOrNothing(CauseFinder.MAXIMUM_KEYS + 1));
        assertThat(cause.isFound()).isFalse();
        assertThat(cause.bound()).isEqualTo(CauseFinder.MAXIMUM_KEYS);
    }

    @Test
    void aSetOfExactlyTheBoundIsNamed() {
        assertThat(cause(allOrNothing(CauseFinder.MAXIMUM_KEYS)).isFound()).isTrue();
    }

    @Test
    void keysThatCannotHoldAloneAreTriedTogether() {
        Policy raw = Synthetic.policy("raw");
        Policy enciphered =
                Synthetic.policy("enciphered", "disk.format: qcow2", "disk.encryption: qcow2-luks");
        Scenario disks = Synthetic.quiet("disks", "disks: {vm1: 2MiB}");
        Synthetic law =
                Synthetic.of(keys -> violatedIf(!keys.get("disk.encryption").equals("qcow2-luks")));
        Comparison comparison =
                Synthetic.comparing(List.of(disks), List.of(raw, enciphered)).compare(law);
        Cause cause = comparison.pairings().getFirst().differences().getFirst().cause();
        assertThat(cause.explanations()).containsExactly(in("enciphered", "disk.encryption: none"));
        Comparison other = Synthetic.comparing(List.of(disks), List.of(raw, enciphered))
                .compare(Synthetic.of(
                        keys -> switch (keys.get("disk.encryption") + keys.get("disk.format")) {
                            case "qcow2-luksqcow2" -> Verdict.UPHELD;
                            case "noneraw" -> Verdict.VIOLATED;
                            default -> Verdict.INCONCLUSIVE;
                        }));
        assertThat(other.pairings().getFirst().differences().getFirst().cause().explanations())
                .containsExactly(in("raw", "disk.format: qcow2", "disk.encryption: qcow2-luks"));
    }

    @Test
    void keysThatTheScenarioCannotAskForAreNeverRun() {
        Synthetic law = Synthetic.of(keys -> violatedIf(isOpen(keys, 1) == 1));
        Synthetic.compare(law, List.of(CLOSED_POLICY, OPEN_POLICY));
        assertThat(law.trials())
                .doesNotHaveDuplicates()
                .allSatisfy(trial -> assertThat(trial.policy().disk())
                        .isEqualTo(Synthetic.policy("plain").disk()));
        assertThat(law.trials()).hasSize(2 + OPEN.length);
    }

    @Test
    void whatIsEqualIsNotADifference() {
        Comparison comparison = Synthetic.compare(
                Synthetic.of(keys -> Verdict.UPHELD), List.of(CLOSED_POLICY, OPEN_POLICY));
        assertThat(comparison.pairings().getFirst().differences()).isEmpty();
        assertThat(comparison.pairings().getFirst().keys()).isEqualTo(OPEN.length);
    }

    /** Violated where the first keys are all open, upheld where all are closed, else undecided. */
    private static Synthetic allOrNothing(int count) {
        return Synthetic.of(keys -> {
            int open = isOpen(keys, count);
            return open == count
                    ? Verdict.VIOLATED
                    : open == 0 ? Verdict.UPHELD : Verdict.INCONCLUSIVE;
        });
    }

    private static int isOpen(Map<String, String> keys, int count) {
        return (int) Stream.of(OPEN)
                .limit(count)
                .map(CauseTest::change)
                .filter(change -> change.value().equals(keys.get(change.key())))
                .count();
    }

    private static Verdict violatedIf(boolean condition) {
        return condition ? Verdict.VIOLATED : Verdict.UPHELD;
    }

    private static Cause cause(Synthetic law) {
        Comparison comparison = Synthetic.compare(law, List.of(CLOSED_POLICY, OPEN_POLICY));
        List<Difference> differences = comparison.pairings().getFirst().differences();
        assertThat(differences).hasSize(1);
        return differences.getFirst().cause();
    }

    private static Explanation in(String policy, String... changes) {
        return new Explanation(policy, Stream.of(changes).map(CauseTest::change).toList());
    }

    private static PolicyChange change(String text) {
        String[] parts = text.split(": ", 2);
        return new PolicyChange(parts[0], parts[1]);
    }
}
