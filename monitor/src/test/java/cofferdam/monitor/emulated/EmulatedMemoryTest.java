package cofferdam.monitor.emulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Hosts whose machines have memory, from their start to their end. */
class EmulatedMemoryTest {

    private static final long GUEST = 4L << 20;
    private static final Path STATUS = Path.of("/proc/self/status");

    @Test
    void aThousandHostsLeaveNoMemoryBehind() throws Exception {
        assumeTrue(Files.exists(STATUS), "there is no /proc here");
        run(100);
        long before = resident();
        run(1000);

        // Each host used at least 4 MiB outside the heap.
        assertThat(resident() - before).isLessThan(1L << 30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtual-server-1.0", "hardened"})
    void moreThanThereIsIsRefusedBeforeAnythingStarts(String name) {
        RecordedEvidence evidence = new RecordedEvidence();
        HostSetup setup = setup(policy(name), new MemorySetup(GUEST, guests()), evidence);

        assertThatThrownBy(() -> new EmulatedMonitor().start(setup))
                .isInstanceOf(RefusedSetupException.class)
                .hasMessageContaining("vm");
    }

    @Test
    void aSwapFileForWhichThereIsNoRoomIsRefused() {
        MemoryPolicy esx = policy("esx-1.5.2").memory();
        Policy generous = policy("esx-1.5.2")
                .withMemory(new MemoryPolicy(
                        esx.sharing(),
                        esx.groups(),
                        esx.scanRate(),
                        MemoryPolicy.MAXIMUM_OVERCOMMIT,
                        esx.limit(),
                        0,
                        esx.shares(),
                        esx.balloon(),
                        esx.swap(),
                        esx.zeroOnAllocate(),
                        esx.zeroOnFree(),
                        esx.constantLatency()));
        MemorySetup memory = new MemorySetup(
                256L << 20, new TreeMap<>(Map.of("vm1", 1L << 30, "vm2", 1L << 30)));

        assertThatThrownBy(() -> new EmulatedMonitor()
                        .start(setup(generous, memory, new RecordedEvidence())))
                .isInstanceOf(RefusedSetupException.class)
                .hasMessageContaining("swap");
    }

    private static void run(int hosts) throws RefusedSetupException {
        for (int number = 0; number < hosts; number++) {
            MemorySetup memory = new MemorySetup(2 * GUEST, guests());
            HostSetup setup = setup(policy("esx-1.5.2"), memory, new RecordedEvidence());
            try (Host host = new EmulatedMonitor().start(setup)) {
                assertThat(host.machine("vm1")).isPresent();
            }
        }
    }

    private static TreeMap<String, Long> guests() {
        return new TreeMap<>(Map.of("vm1", GUEST, "vm2", GUEST));
    }

    private static HostSetup setup(Policy policy, MemorySetup memory, RecordedEvidence evidence) {
        return new HostSetup(
                policy, Wiring.LOCAL, NetworkSetup.PLAIN, new TreeMap<>(), memory, 1, evidence);
    }

    private static Policy policy(String name) {
        return Policies.builtIn(name).orElseThrow();
    }

    /** The process's memory in bytes. */
    private static long resident() throws IOException {
        String line = Files.readAllLines(STATUS).stream()
                .filter(text -> text.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }
}
