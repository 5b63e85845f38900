package cofferdam.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

final class AttacksTest {

    static List<Attack> all() {
        return Attacks.all();
    }

    @Test
    void namesAreUniqueAndInOrder() {
        assertThat(Attacks.all().stream().map(Attack::name))
                .containsExactly(
                        "arp-poisoning",
                        "arp-spoofing",
                        "covert-channel",
                        "dedup-probe",
                        "device-visibility",
                        "disk-scan",
                        "format-confusion",
                        "guest-contact",
                        "guest-crash",
                        "host-capture",
                        "host-memory-read",
                        "host-process-tampering",
                        "image-copy",
                        "image-corruption",
                        "image-string-search",
                        "image-tampering",
                        "ip-spoofing",
                        "mac-flooding",
                        "mac-spoofing",
                        "management-takeover",
                        "memory-exhaustion",
                        "memory-scan",
                        "nd-spoofing",
                        "noisy-neighbour",
                        "port-stealing",
                        "promiscuous-capture",
                        "rogue-dhcp",
                        "rogue-router",
                        "swap-file-search",
                        "vlan-hopping");
    }

    @ParameterizedTest
    @MethodSource("all")
    void attackIsFoundByItsName(Attack attack) {
        assertThat(Attacks.named(attack.name())).containsSame(attack);
    }

    @Test
    void unknownNameFindsNothing() {
        assertThat(Attacks.named("ARP-poisoning")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void summaryIsOneLineThatDiffersFromAllOthers(Attack attack) {
        assertThat(attack.summary()).isNotBlank().hasSizeLessThan(100).doesNotContain("\n");
        assertThat(Attacks.all()).filteredOn(Attack::summary, attack.summary()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("all")
    void settingsHaveUniqueNamesAndPresetsWithinLimits(Attack attack) {
        assertThat(attack.settings().stream().map(Setting::name))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
        assertThat(attack.settings()).allSatisfy(AttacksTest::checkLimits);
    }

    private static void checkLimits(Setting setting) {
        assertThat(setting.summary()).isNotBlank();
        switch (setting) {
            case Setting.Count count ->
                assertThat(count.preset()).isBetween(count.minimum(), count.maximum());
            case Setting.Span span -> {
                assertThat(span.preset()).isBetween(span.minimum(), span.maximum());
                assertThat(span.minimum()).isPositive();
            }
            case Setting.Choice choice ->
                assertThat(choice.values()).hasSizeGreaterThan(1).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void victimsHaveAMinimumAndAMaximum(Attack attack) {
        assertThat(attack.victims().minimum()).isBetween(0, attack.victims().maximum());
    }
}
