package cofferdam.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What every monitor must do, under every built-in policy. */
class MonitorContractTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final FlowId FLOW = FlowId.of(1, 2);

    static Stream<Arguments> monitors() {
        return Monitors.all().stream()
                .flatMap(monitor ->
                        Policies.all().stream().map(policy -> Arguments.of(monitor, policy)));
    }

    @ParameterizedTest
    @MethodSource("monitors")
    void everyMachineTalksWithSource(Monitor monitor, Policy policy) {
        RecordedEvidence evidence = new RecordedEvidence();
        try (Host host = start(monitor, policy, evidence)) {
            Machine source = host.machine("source").orElseThrow();
            for (Machine machine : host.machines()) {
                if (machine == source) {
                    continue;
                }
                Endpoint endpoint = capability(machine, Endpoint.class);
                finish(host, endpoint.ping(source, FLOW, 1, Duration.ZERO));
                finish(host, endpoint.probe(source, FLOW, 1, Duration.ZERO));
                finish(host, endpoint.login(source, FLOW));
            }
        }
        assertThat(evidence.events().stream()
                        .filter(Event.FlowFinished.class::isInstance)
                        .map(event -> ((Event.FlowFinished) event).outcome()))
                .hasSizeGreaterThanOrEqualTo(6)
                .containsOnly(FlowOutcome.COMPLETED);
    }

    @ParameterizedTest
    @MethodSource("monitors")
    void everyMachineIsRecordedWithItsAddressesAndItsVantage(Monitor monitor, Policy policy) {
        RecordedEvidence evidence = new RecordedEvidence();
        List<Machine> machines;
        try (Host host = start(monitor, policy, evidence)) {
            machines = host.machines();
        }
        assertThat(machines).extracting(Machine::name).contains("source", "vm1", "vm2");
        for (Machine machine : machines) {
            assertThat(evidence.events().stream()
                            .filter(Event.MachineStarted.class::isInstance)
                            .map(Event.MachineStarted.class::cast))
                    .anySatisfy(started -> {
                        assertThat(started.actor()).isEqualTo(machine.name());
                        assertThat(started.subject()).isEqualTo(machine.address());
                        assertThat(started.outcome()).isEqualTo(machine.mac());
                    });
            assertThat(evidence.files()).containsKey("captures/" + machine.name() + ".pcapng");
        }
    }

    @ParameterizedTest
    @MethodSource("monitors")
    void aMissingMachineHasAReason(Monitor monitor, Policy policy) {
        try (Host host = start(monitor, policy, new RecordedEvidence())) {
            assertThat(host.machine("vm99")).isEmpty();
            assertThat(host.absence("vm99")).contains("vm99");
        }
    }

    @ParameterizedTest
    @MethodSource("monitors")
    void aBroadcastOfARawInterfaceReachesTheOthersAndNotItself(Monitor monitor, Policy policy) {
        try (Host host = start(monitor, policy, new RecordedEvidence())) {
            Machine source = host.machine("source").orElseThrow();
            RawNic sender = capability(source, NetworkInterfaces.class).first();
            RawNic receiver = capability(host.machine("vm1").orElseThrow(), NetworkInterfaces.class)
                    .first();
            List<byte[]> heard = new ArrayList<>();
            List<byte[]> echoed = new ArrayList<>();
            receiver.listen(heard::add);
            sender.listen(echoed::add);
            byte[] frame = Ethernet.frame(
                    cofferdam.monitor.address.MacAddress.BROADCAST,
                    sender.address(),
                    0x88b5,
                    new byte[100]);
            sender.send(frame);
            assertThat(host.await(() -> !heard.isEmpty(), LIMIT)).isTrue();
            assertThat(heard).singleElement().isEqualTo(frame);
            assertThat(echoed).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("monitors")
    void aStoppedListenerHearsNothingMore(Monitor monitor, Policy policy) {
        try (Host host = start(monitor, policy, new RecordedEvidence())) {
            Machine vm1 = host.machine("vm1").orElseThrow();
            List<byte[]> heard = new ArrayList<>();
            capability(vm1, NetworkInterfaces.class).first().listen(heard::add).stop();
            Machine source = host.machine("source").orElseThrow();
            finish(host, capability(source, Endpoint.class).ping(vm1, FLOW, 1, Duration.ZERO));
            assertThat(heard).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("monitors")
    void nothingCrossesACutCable(Monitor monitor, Policy policy) {
        RecordedEvidence evidence = new RecordedEvidence();
        try (Host host = start(monitor, policy, evidence)) {
            Machine source = host.machine("source").orElseThrow();
            Machine vm1 = host.machine("vm1").orElseThrow();
            Cable cable = capability(source, Cable.class);
            cable.connect(false);
            finish(host, capability(vm1, Endpoint.class).ping(source, FLOW, 2, Duration.ZERO));
            cable.connect(true);
            finish(host, capability(vm1, Endpoint.class).ping(source, FLOW, 2, Duration.ZERO));
        }
        assertThat(evidence.events().stream()
                        .filter(Event.FlowFinished.class::isInstance)
                        .map(event -> ((Event.FlowFinished) event).outcome()))
                .containsExactly(FlowOutcome.FAILED, FlowOutcome.COMPLETED);
    }

    @ParameterizedTest
    @MethodSource("monitors")
    void timeGoesOnWhileNothingHappens(Monitor monitor, Policy policy) {
        try (Host host = start(monitor, policy, new RecordedEvidence())) {
            long before = host.timeline().now();
            assertThat(host.await(() -> false, Duration.ofMillis(5))).isFalse();
            assertThat(host.timeline().now() - before).isGreaterThanOrEqualTo(5_000_000);
        }
    }

    @ParameterizedTest
    @MethodSource("monitors")
    void aClosedHostRefusesToLiveOn(Monitor monitor, Policy policy) {
        Host host = start(monitor, policy, new RecordedEvidence());
        host.close();
        host.close();
        assertThatThrownBy(() -> host.await(() -> true, LIMIT))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Host start(Monitor monitor, Policy policy, RecordedEvidence evidence) {
        try {
            return monitor.start(HostSetup.withoutDisks(policy, Wiring.LOCAL, 1, evidence));
        } catch (RefusedSetupException e) {
            throw new AssertionError(e);
        }
    }

    private static <C extends Capability> C capability(Machine machine, Class<C> kind) {
        return machine.offer(kind).orElseThrow(AssertionError::new);
    }

    private static void finish(Host host, Endpoint.Operation operation) {
        assertThat(host.await(operation::done, LIMIT)).isTrue();
    }
}
