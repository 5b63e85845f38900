package cofferdam.monitor.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.linux.HostKernel;
import cofferdam.monitor.linux.Unenforced;
import cofferdam.monitor.policy.MonitorPolicy;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.monitor.policy.PolicyKeys;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What QEMU does not enforce of whole policies. */
class QemuSettingsTest {

    private static final HostKernel QUIET = new HostKernel(false, false);

    @Test
    void everyKeyThatDoesNotHoldIsNamedWithTheValueThatHolds() throws Exception {
        Policy asked = PolicyKeys.with(
                policy("hardened"), List.of(new PolicyChange("disk.integrity", "hash")));

        Map<String, String> reasons = unenforced(asked, QUIET);

        assertThat(reasons.get("monitor.type")).endsWith(": II");
        assertThat(reasons.get("monitor.console-sees.memory")).endsWith(": true");
        assertThat(reasons.get("disk.integrity"))
                .isEqualTo("QEMU does not look whether an image was changed: none");
        assertThat(reasons.get("devices")).isNull();
        assertThat(reasons).containsKeys("memory.overcommit", "network.promiscuous");
        assertThat(reasons.keySet())
                .noneMatch(key -> key.startsWith("network.") && !key.equals("network.promiscuous"))
                .doesNotContain("disk.format", "disk.encryption", "memory.sharing");
    }

    @Test
    void noListOfDevicesIsEnforcedNotEvenThatOfTheBoard() throws Exception {
        Policy same = PolicyKeys.with(
                policy("hardened"),
                List.of(new PolicyChange("devices.models", "[ide, floppy, serial]")));

        assertThat(unenforced(policy("hardened"), QUIET).get("devices.models"))
                .isEqualTo("QEMU's machine has the devices of its board and virtio ones of the"
                        + " testbed: [ide, floppy, serial]");
        assertThat(unenforced(same, QUIET)).containsKey("devices.models");
    }

    @Test
    void filtersAreNotEnforcedWhereQemusHubIsTheMedium() throws Exception {
        List<PolicyChange> filters = List.of(
                new PolicyChange("network.forged-transmits", "reject"),
                new PolicyChange("network.mac-changes", "reject"),
                new PolicyChange("network.ra-guard", "true"));
        Policy asked = PolicyKeys.with(policy("qemu-hub"), filters);

        Map<String, String> reasons = unenforced(asked, QUIET);

        assertThat(filters)
                .allSatisfy(filter -> assertThat(reasons.get(filter.key()))
                        .startsWith("QEMU's hub passes every frame and filters none: "));
    }

    @Test
    void pagesAreSharedOnlyIfThePolicySaysSoAndTheHostMerges() throws Exception {
        Policy shared = PolicyKeys.with(
                policy("linux-bridge"), List.of(new PolicyChange("memory.sharing", "inter-vm")));
        Policy own = PolicyKeys.with(
                policy("linux-bridge"), List.of(new PolicyChange("memory.sharing", "intra-vm")));
        HostKernel merging = new HostKernel(true, true);

        assertThat(unenforced(shared, merging)).doesNotContainKey("memory.sharing");
        assertThat(unenforced(shared, QUIET).get("memory.sharing")).endsWith(": none");
        assertThat(unenforced(own, merging).get("memory.sharing")).endsWith(": none");
        assertThat(QemuSettings.allowsMerging(shared)).isTrue();
        assertThat(QemuSettings.allowsMerging(own)).isFalse();
        assertThat(unenforced(own, merging).get("memory.swap")).endsWith(": plain");
    }

    @Test
    void everyBuiltInPolicyHasReasonsOfItsOwnForEveryKey() {
        List<Policy> ofMonitors = Policies.all().stream()
                .filter(policy -> policy.monitor().type() != MonitorPolicy.Type.PHYSICAL)
                .toList();
        for (Policy policy : ofMonitors) {
            unenforced(policy, QUIET)
                    .forEach((key, reason) -> assertThat(reason)
                            .as(key)
                            .doesNotStartWith("the monitor has no such setting"));
        }
    }

    private static Policy policy(String name) {
        return Policies.all().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> unenforced(Policy policy, HostKernel kernel) {
        Map<String, String> reasons = new TreeMap<>();
        for (Unenforced each : new QemuSettings(kernel).unenforced(policy)) {
            reasons.put(each.key(), each.reason());
        }
        return reasons;
    }
}
