package cofferdam.monitor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

final class PolicyKeysTest {

    private static final Policy HARDENED = Policies.builtIn("hardened").orElseThrow();
    private static final Policy ESX = Policies.builtIn("esx-1.5.2").orElseThrow();

    @Test
    void aPolicyIsItsKeysAndValues() {
        Map<String, String> keys = PolicyKeys.of(HARDENED);
        assertThat(keys)
                .containsEntry("monitor.type", "I")
                .containsEntry("monitor.console-sees.nic", "false")
                .containsEntry("network.mac-table.size", "64")
                .containsEntry("network.arp-inspection.drop", "before-learning")
                .containsEntry("network.rate-limit", "2Mbit")
                .containsEntry("devices.models", "[vga, ide, pcnet]")
                .doesNotContainKeys("policy", "summary", "sources", "accept");
        assertThat(PolicyKeys.of(ESX)).containsEntry("network.arp-inspection", "off");
    }

    @Test
    void everyPolicyBecomesEveryOtherByTheKeysInWhichTheyDiffer() throws InvalidFileException {
        for (Policy from : Policies.all()) {
            for (Policy to : Policies.all()) {
                Policy made = PolicyKeys.with(from, PolicyKeys.differences(from, to));
                assertThat(PolicyKeys.of(made))
                        .as("%s as %s", from.name(), to.name())
                        .isEqualTo(PolicyKeys.of(to));
                assertThat(made.name()).isEqualTo(from.name());
            }
        }
    }

    @Test
    void equalConfigurationsDoNotDiffer() {
        assertThat(PolicyKeys.differences(ESX, ESX)).isEmpty();
    }

    @Test
    void aPartOfAMappingIsAKeyOfItsOwnWhereBothHaveIt() throws InvalidFileException {
        Policy other = read("network: {mac-table: {size: 64, when-full: flood}}");
        assertThat(PolicyKeys.differences(HARDENED, other))
                .containsExactly(new PolicyChange("network.mac-table.when-full", "flood"));
        assertThat(PolicyKeys.with(HARDENED, PolicyKeys.differences(HARDENED, other))
                        .network())
                .isEqualTo(other.network());
    }

    @Test
    void aMappingIsOneKeyWhereTheOtherHasNone() {
        assertThat(PolicyKeys.differences(ESX, HARDENED))
                .contains(new PolicyChange("network.port-security", "{addresses: 1}"))
                .noneMatch(change -> change.key().startsWith("network.arp-inspection."));
        assertThat(PolicyKeys.differences(HARDENED, ESX))
                .contains(new PolicyChange("network.arp-inspection", "off"));
    }

    @Test
    void partsThatAreNotChangedStay() throws InvalidFileException {
        Policy shares = read("cpu: {shares: {vm1: 10, vm2: 20}}");
        Policy changed = PolicyKeys.with(shares, List.of(new PolicyChange("cpu.shares.vm1", "30")));
        assertThat(changed.processor().shares()).isEqualTo(Map.of("vm1", 30, "vm2", 20));
    }

    @Test
    void keysThatCannotHoldTogetherAreRefused() {
        assertThatThrownBy(() -> PolicyKeys.with(
                        ESX, List.of(new PolicyChange("disk.encryption", "qcow2-luks"))))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("contradicts disk.format raw");
        assertThatThrownBy(() ->
                        PolicyKeys.with(ESX, List.of(new PolicyChange("network.colour", "red"))))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("unknown key 'colour'");
    }

    @Test
    void changesAreWrittenAsTheyStandInAFile() {
        assertThat(PolicyKeys.snippet(
                        HARDENED,
                        List.of(
                                new PolicyChange("network.mac-table.size", "8"),
                                new PolicyChange("disk.lock", "false"),
                                new PolicyChange("network.mac-table.when-full", "flood"))))
                .isEqualTo("""
                        disk:
                          lock: false
                        network:
                          mac-table: {size: 8, when-full: flood, ageing: 5m}
                        """);
    }

    @Test
    void whatAKeyCouldSayComesFromOtherPoliciesAndFromTheWordsOfFiles() {
        List<PolicyChange> choices = new PolicyChoices(Policies.all()).of(ESX);
        assertThat(choices)
                .doesNotHaveDuplicates()
                .contains(
                        new PolicyChange("network.promiscuous", "accept"),
                        new PolicyChange("network.mac-learning", "off"),
                        new PolicyChange("network.rate-limit", "2Mbit"),
                        new PolicyChange("disk.encryption", "luks2"),
                        new PolicyChange("disk.lock", "true"),
                        new PolicyChange("memory.sharing", "intra-vm"),
                        new PolicyChange("management.console-role", "operator"))
                .doesNotContain(new PolicyChange("network.promiscuous", "reject"))
                .doesNotContain(new PolicyChange("network.promiscuous", "flood"));
    }

    private static Policy read(String change) throws InvalidFileException {
        String file = "policy: other\nbased-on: hardened\n" + change + "\n";
        return PolicyFile.parse("other.yaml", file.getBytes(StandardCharsets.UTF_8));
    }
}
