package cofferdam.monitor.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who is in which virtual LAN is recorded for those who judge. */
final class NetworkJoinedTest {

    @Test
    void everyMachineThatIsInOneIsRecordedOnce() throws Exception {
        List<Event.NetworkJoined> joined =
                joined("linux-bridge", Map.of("vm1", 20, "source", 20, "vm2", 10, "host", 4094));
        assertThat(joined)
                .extracting(Event.NetworkJoined::actor)
                .containsExactlyInAnyOrder("source", "host", "vm1", "vm2");
        assertThat(joined)
                .filteredOn(Event.NetworkJoined::actor, "host")
                .extracting(Event.NetworkJoined::subject)
                .containsExactly(4094);
    }

    @Test
    void whoIsInNoneOrIsNotThereIsNotRecorded() throws Exception {
        assertThat(joined("linux-bridge", Map.of())).isEmpty();
        assertThat(joined("physical", Map.of("vm1", 20, "host", 20)))
                .extracting(Event.NetworkJoined::actor)
                .containsExactly("vm1");
    }

    private static List<Event.NetworkJoined> joined(String policy, Map<String, Integer> networks)
            throws Exception {
        RecordedEvidence evidence = new RecordedEvidence();
        HostSetup setup = new HostSetup(
                Policies.builtIn(policy).orElseThrow(),
                Wiring.LOCAL,
                new NetworkSetup(false, false, new TreeMap<>(networks)),
                new TreeMap<>(),
                MemorySetup.NONE,
                1,
                evidence);
        try (Host host = Monitors.named("emulated").orElseThrow().start(setup)) {
            assertThat(host.machines()).isNotEmpty();
        }
        return EventLog.read(evidence.files().get("events.jsonl")).stream()
                .filter(Event.NetworkJoined.class::isInstance)
                .map(Event.NetworkJoined.class::cast)
                .toList();
    }
}
