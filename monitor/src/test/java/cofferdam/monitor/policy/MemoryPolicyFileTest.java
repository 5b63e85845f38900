package cofferdam.monitor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.policy.MemoryPolicy.Sharing;
import cofferdam.monitor.policy.MemoryPolicy.Swap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keys of policies for memory, processor, devices and management. */
class MemoryPolicyFileTest {

    private static final String HEAD = "policy: p\nsummary: s\nmonitor: {type: I}\n";

    @Test
    void everyKeyIsReadAndComesBack() throws Exception {
        Policy policy = PolicyFileTest.parse(HEAD + """
                memory:
                  sharing: salted
                  groups: {vm1: tenant-a, vm2: tenant-a}
                  scan-rate: 77
                  overcommit: 130
                  limit: 80
                  reservation: 40
                  shares: {vm1: 4000, vm16: 1}
                  balloon: true
                  swap: encrypted
                  zero-on-allocate: true
                  zero-on-free: true
                  constant-latency: true
                cpu: {limit: 20, shares: {vm2: 3}}
                devices: {models: [serial, tulip], passthrough: true}
                management: {console-role: operator}
                """);
        assertThat(policy.memory())
                .isEqualTo(new MemoryPolicy(
                        Sharing.SALTED,
                        new TreeMap<>(Map.of("vm1", "tenant-a", "vm2", "tenant-a")),
                        77,
                        130,
                        80,
                        40,
                        new TreeMap<>(Map.of("vm1", 4000, "vm16", 1)),
                        true,
                        Swap.ENCRYPTED,
                        true,
                        true,
                        true));
        assertThat(policy.processor())
                .isEqualTo(new ProcessorPolicy(20, new TreeMap<>(Map.of("vm2", 3))));
        assertThat(policy.devices())
                .isEqualTo(new DevicesPolicy(
                        List.of(DevicesPolicy.Model.SERIAL, DevicesPolicy.Model.TULIP), true));
        assertThat(policy.management())
                .isEqualTo(new ManagementPolicy(ManagementPolicy.Role.OPERATOR));
        assertThat(PolicyFileTest.parse(PolicyFile.write(policy))).isEqualTo(policy);
    }

    @Test
    void aMachineThatIsNotNamedHasAThousandShares() throws Exception {
        Policy policy = PolicyFileTest.parse(HEAD + "memory: {shares: {vm1: 5}}\n");
        assertThat(policy.memory().sharesOf("vm1")).isEqualTo(5);
        assertThat(policy.memory().sharesOf("vm2")).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'memory: {sharing: all}' | p.yaml:4:19: memory.sharing 'all' is not one of none, zero-page, intra-vm, salted, inter-vm
            'memory: {limit: 0}' | p.yaml:4:17: memory.limit '0' is not a whole number from 1 to 100
            'memory: {limit: 101}' | p.yaml:4:17: memory.limit '101' is not a whole number from 1 to 100
            'memory: {overcommit: -1}' | p.yaml:4:22: memory.overcommit '-1' is not a whole number from 1 to 1000
            'memory: {shares: {vm1: 0}}' | p.yaml:4:24: memory.shares.vm1 '0' is not a whole number from 1 to 1000000
            'memory: {reservation: 80, limit: 70, swap: plain}' | p.yaml:4:23: memory.reservation 80 contradicts memory.limit 70: more cannot be kept than may be held
            'memory: {reservation: 80, overcommit: 150, swap: plain}' | p.yaml:4:39: memory.overcommit 150 contradicts memory.reservation 80: the host could not keep what it promises
            'memory: {limit: 50}' | p.yaml:4:17: memory.swap none contradicts machines that cannot have all that they are configured with: without balloon or swap nothing can be taken back
            'memory: {groups: {vm1: a}}' | p.yaml:4:18: memory.groups contradicts memory.sharing none, which knows no groups
            'memory: {constant-latency: true}' | p.yaml:4:28: memory.constant-latency true contradicts memory.sharing none: there is no share to break
            'cpu: {limit: 0}' | p.yaml:4:14: cpu.limit '0' is not a whole number from 1 to 100
            'devices: {models: [vga, vga]}' | p.yaml:4:25: devices.models names a device twice
            'management: {console-role: root}' | p.yaml:4:28: management.console-role 'root' is not one of auditor, operator, administrator
            """)
    void wrongKeysAreReportedWhereTheyStand(String keys, String problem) {
        assertThat(PolicyFileTest.problemsOf(HEAD + keys + "\n")).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'memory: {limit: 100}' | p.yaml:4:9: memory contradicts monitor.type physical: a computer has all of its memory
            'cpu: {limit: 100}' | p.yaml:4:6: cpu contradicts monitor.type physical: there is no host to share
            'devices: {passthrough: false}' | p.yaml:4:10: devices contradicts monitor.type physical: there is no host to share
            'management: {console-role: auditor}' | p.yaml:4:13: management contradicts monitor.type physical: there is no host to share
            """)
    void separateMachinesShareNothing(String keys, String problem) {
        String head = "policy: p\nsummary: s\nmonitor: {type: physical}\n";
        assertThat(PolicyFileTest.problemsOf(head + keys + "\n")).containsExactly(problem);
    }

    @Test
    void theHostOfATypeTwoMonitorSeesItsProcesses() {
        assertThat(
                        PolicyFileTest.problemsOf(
                                "policy: p\nsummary: s\nmonitor: {type: II, console-sees: {process: false}}\n"))
                .containsExactly(
                        "p.yaml:3:45: monitor.console-sees.process false contradicts"
                                + " monitor.type II: the monitor is processes of the host operating system");
    }
}
