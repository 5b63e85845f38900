package cofferdam.monitor.policy;

import static cofferdam.monitor.policy.PolicyFileTest.parse;
import static cofferdam.monitor.policy.PolicyFileTest.problemsOf;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContradictionsTest {

    private static final String TYPE_I = "policy: p\nsummary: s\nmonitor: {type: I}\n";
    private static final String PHYSICAL = "policy: p\nsummary: s\nmonitor: {type: physical}\n";

    @Test
    void noConsoleSeesTheInterfacesOfSeparateComputers() {
        String text = "policy: p\nsummary: s\nmonitor: {type: physical, console-sees: {nic: true}}";
        assertThat(problemsOf(text))
                .containsExactly(
                        "p.yaml:3:47: monitor.console-sees.nic true contradicts monitor.type"
                                + " physical: no monitor stands between a computer and its"
                                + " interface");
    }

    @ParameterizedTest
    @CsvSource({
        "'promiscuous: accept', 24, no monitor stands between a computer and its interface",
        "'promiscuous: reject', 24, no monitor stands between a computer and its interface",
        "'mac-changes: reject', 24, no monitor stands between a computer and its interface",
        "'forged-transmits: reject', 29, a switch does not know the address that a computer was"
                + " configured with",
        "'mac-learning: static', 25, a switch does not know the address that a computer was"
                + " configured with"
    })
    void aPhysicalSwitchIsNoMonitor(String key, int column, String reason) {
        assertThat(problemsOf(PHYSICAL + "network: {" + key + "}"))
                .containsExactly("p.yaml:4:%d: network.%s contradicts monitor.type physical: %s"
                        .formatted(column, key.replace(":", ""), reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: shared",
                "port-security: {addresses: 1}",
                "arp-inspection: {}",
                "port-isolation: true",
                "unknown-unicast: drop",
                "mac-learning: off"
            })
    void aManagedPhysicalSwitchHasFilters(String key) {
        assertThat(problemsOf(PHYSICAL + "network: {" + key + "}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'mac-learning: learn', 39, 'mac-learning learn contradicts mode shared, which learns"
                + " none'",
        "'mac-learning: static', 39, 'mac-learning static contradicts mode shared, which learns"
                + " none'",
        "'mac-table: {size: 4}', 36, 'mac-table contradicts mode shared, which has no table'",
        "'unknown-unicast: drop', 42, 'unknown-unicast drop contradicts mode shared, which sends"
                + " every frame to every port'",
        "'port-isolation: true', 41, 'port-isolation true contradicts mode shared, which sends"
                + " every frame to every port'"
    })
    void aHubHasNoTable(String key, int column, String message) {
        assertThat(problemsOf(TYPE_I + "network: {mode: shared, " + key + "}"))
                .containsExactly("p.yaml:4:%d: network.%s".formatted(column, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mac-learning: off",
                "unknown-unicast: flood",
                "promiscuous: reject",
                "mac-changes: reject",
                "forged-transmits: reject",
                "port-security: {addresses: 1}",
                "arp-inspection: {}"
            })
    void aVirtualHubHasFilters(String key) {
        assertThat(problemsOf(TYPE_I + "network: {mode: shared, " + key + "}")).isEmpty();
    }

    @Test
    void aTableThatIsNotFilledHasNoBounds() {
        assertThat(problemsOf(TYPE_I + "network: {mac-learning: static, mac-table: {size: 4}}"))
                .containsExactly(
                        "p.yaml:4:44: network.mac-table contradicts mac-learning static, which"
                                + " fills no table");
    }

    @Test
    void aHubHasNoVirtualLans() {
        assertThat(problemsOf(TYPE_I + "network: {mode: shared, vlan: {native: 1}}"))
                .containsExactly(
                        "p.yaml:4:31: network.vlan contradicts mode shared, which sends every"
                                + " frame to every port");
    }

    @Test
    void whatMayComeFromNowhereNeedsAGuardOfSources() {
        assertThat(problemsOf(TYPE_I + "network: {ip-source-guard: {ipv4: off, unspecified: udp}}"))
                .containsExactly("p.yaml:4:53: network.ip-source-guard.unspecified contradicts ipv4"
                        + " off, which lets every source address through");
    }

    @Test
    void noTrunkIsAnAccessPort() {
        assertThat(problemsOf(
                        TYPE_I + "network: {vlan: {guest-ports: trunk, tagged-on-access: own}}"))
                .containsExactly(
                        "p.yaml:4:56: network.vlan.tagged-on-access contradicts guest-ports"
                                + " trunk, of which none is an access port");
    }

    @Test
    void inheritedSettingsWithoutMeaningDoNotTellPoliciesApart() throws InvalidFileException {
        Policy open = parse("""
                        policy: p
                        based-on: hardened
                        network: {ip-source-guard: {ipv4: off}, vlan: {guest-ports: trunk}}
                        """);
        assertThat(open.network().guards().ipSourceGuard().unspecified())
                .isEqualTo(IpSourceGuard.Unspecified.NONE);
        assertThat(open.network().vlan().taggedOnAccess())
                .isEqualTo(VlanPolicy.TaggedOnAccess.DROP);
        assertThat(parse(PolicyFile.write(open))).isEqualTo(open);
    }

    @Test
    void nothingWouldArriveIfTheUnknownIsDroppedAndNothingIsKnown() {
        assertThat(problemsOf(TYPE_I + "network: {mac-learning: off, unknown-unicast: drop}"))
                .containsExactly(
                        "p.yaml:4:47: network.unknown-unicast drop contradicts mac-learning off,"
                                + " to which every address is unknown");
    }

    @Test
    void whatIsInheritedContradictsTheKeyThatIsGiven() {
        assertThat(problemsOf("policy: p\nbased-on: esx-1.5.2\nmonitor: {type: physical}\n"))
                .containsExactly(
                        "p.yaml:3:17: network.promiscuous reject contradicts monitor.type"
                                + " physical: no monitor stands between a computer and its"
                                + " interface",
                        "p.yaml:3:17: network.mac-learning static contradicts monitor.type"
                                + " physical: a switch does not know the address that a computer"
                                + " was configured with");
        assertThat(problemsOf("policy: p\nbased-on: hardened\nnetwork: {mode: shared}\n"))
                .containsExactly(
                        "p.yaml:3:17: network.vlan contradicts mode shared, which sends every"
                                + " frame to every port",
                        "p.yaml:3:17: network.port-isolation true contradicts mode shared, which"
                                + " sends every frame to every port");
    }

    @Test
    void policiesThatMeanTheSameAreEqual() throws InvalidFileException {
        NetworkPolicy implicit = parse(TYPE_I + "network: {mode: shared}").network();
        NetworkPolicy inherited = parse(
                        "policy: p\nbased-on: esx-1.5.2\nnetwork: {mode: shared, promiscuous: own-port}")
                .network();
        assertThat(inherited).isEqualTo(implicit);
        assertThat(implicit.macLearning()).isEqualTo(NetworkPolicy.MacLearning.OFF);
    }

    @Test
    void anInheritedTableThatIsNotFilledDoesNotTellPoliciesApart() throws InvalidFileException {
        Policy still = parse("policy: p\nbased-on: hardened\nnetwork: {mac-learning: static}\n");
        assertThat(still.network().macTable()).isEqualTo(PolicyDefaults.MAC_TABLE);
        assertThat(parse(PolicyFile.write(still))).isEqualTo(still);
    }
}
