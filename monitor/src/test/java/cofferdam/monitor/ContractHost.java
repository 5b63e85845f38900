package cofferdam.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.recording.RecordedEvidence;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A host of a monitor under a policy, and what it has recorded. Tests of the contract leave it as they
 * found it, so that one start serves them all.
 */
record ContractHost(Monitor monitor, Policy policy, Host host, RecordedEvidence evidence) {

    static final Duration LIMIT = Duration.ofSeconds(60);

    /** A local experimental protocol (IEEE Std 802, clause 9.2.4), which no network stack answers. */
    private static final int EXPERIMENTAL = 0x88b5;

    private static final Map<String, ContractHost> STARTED = new TreeMap<>();

    private static long flows;

    /** The one that all tests share. */
    static ContractHost shared(Monitor monitor, Policy policy) {
        return STARTED.computeIfAbsent(
                monitor.name() + " " + policy.name(), key -> started(monitor, policy));
    }

    static void closeShared() {
        STARTED.values().forEach(started -> started.host.close());
        STARTED.clear();
    }

    /** One of a test's own; skips the test where the monitor is unavailable. */
    static ContractHost started(Monitor monitor, Policy policy) {
        Requirement.met(monitor.unavailable());
        RecordedEvidence evidence = new RecordedEvidence();
        try {
            Host host = monitor.start(HostSetup.withoutDisks(policy, Wiring.LOCAL, 1, evidence));
            return new ContractHost(monitor, policy, host, evidence);
        } catch (RefusedSetupException e) {
            throw new AssertionError(e);
        }
    }

    Machine machine(String name) {
        return host.machine(name).orElseThrow();
    }

    <C extends Capability> C capability(String machine, Class<C> kind) {
        return machine(machine).offer(kind).orElseThrow(AssertionError::new);
    }

    RawNic nic(String machine) {
        return capability(machine, NetworkInterfaces.class).first();
    }

    Endpoint endpoint(String machine) {
        return capability(machine, Endpoint.class);
    }

    static FlowId flow() {
        return FlowId.of(7, ++flows);
    }

    void finish(Endpoint.Operation operation) {
        assertThat(host.await(operation::done, LIMIT)).isTrue();
    }

    /** What came of an exchange. */
    List<FlowOutcome> outcomes(FlowId flow) {
        return evidence.events().stream()
                .filter(Event.FlowFinished.class::isInstance)
                .map(Event.FlowFinished.class::cast)
                .filter(finished -> finished.flow().equals(flow))
                .map(Event.FlowFinished::outcome)
                .toList();
    }

    /** A frame that nobody has sent before. */
    static byte[] frame(MacAddress to, MacAddress from) {
        byte[] payload = new byte[100];
        payload[0] = (byte) ++flows;
        payload[1] = (byte) (flows >> Byte.SIZE);
        return Ethernet.frame(to, from, EXPERIMENTAL, payload);
    }
}
