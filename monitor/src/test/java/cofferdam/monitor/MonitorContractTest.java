package cofferdam.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.policy.NetworkPolicy;
import cofferdam.monitor.policy.PacketGuards;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.process.Leftovers;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What every monitor must do. The emulated one does it under every built-in policy; one with real
 * guests under a switched and a shared network, since a start of its guests takes seconds.
 */
class MonitorContractTest {

    private static final String SWITCHED = "esx-1.5.2";
    private static final String SHARED = "virtual-server-1.0";

    /** Locally administered, and nobody's. */
    private static final MacAddress NEW_ADDRESS = MacAddress.parse("02:00:00:00:77:01");

    static Stream<Arguments> hosts() {
        return Monitors.all().stream()
                .flatMap(monitor -> policies(monitor).map(policy -> Arguments.of(monitor, policy)));
    }

    /** Where a test needs a host of its own, one start has to do. */
    static Stream<Arguments> monitors() {
        return Monitors.all().stream().map(monitor -> Arguments.of(monitor, builtIn(SWITCHED)));
    }

    private static Stream<Policy> policies(Monitor monitor) {
        return monitor.repeatable()
                ? Policies.all().stream()
                : Stream.of(builtIn(SWITCHED), builtIn(SHARED));
    }

    private static Policy builtIn(String name) {
        return Policies.builtIn(name).orElseThrow();
    }

    @AfterAll
    static void closeHosts() {
        ContractHost.closeShared();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void everyMachineTalksWithSource(Monitor monitor, Policy policy) {
        ContractHost on = ContractHost.shared(monitor, policy);
        Machine source = on.machine("source");
        List<FlowOutcome> outcomes = new ArrayList<>();
        for (Machine machine : on.host().machines()) {
            if (machine == source) {
                continue;
            }
            Endpoint endpoint = on.endpoint(machine.name());
            FlowId ping = ContractHost.flow();
            FlowId probe = ContractHost.flow();
            FlowId login = ContractHost.flow();
            on.finish(endpoint.ping(source, ping, 1, Duration.ZERO));
            on.finish(endpoint.probe(source, probe, 1, Duration.ZERO));
            on.finish(endpoint.login(source, login));
            List.of(ping, probe, login).forEach(flow -> outcomes.addAll(on.outcomes(flow)));
        }
        assertThat(outcomes).hasSizeGreaterThanOrEqualTo(6).containsOnly(FlowOutcome.COMPLETED);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void everyMachineIsRecordedWithItsAddressesAndItsVantage(Monitor monitor, Policy policy) {
        ContractHost on = ContractHost.shared(monitor, policy);
        List<Machine> machines = on.host().machines();
        assertThat(machines).extracting(Machine::name).contains("source", "vm1", "vm2");
        assertThat(machines).extracting(Machine::name).doesNotHaveDuplicates();
        assertThat(machines).extracting(Machine::mac).doesNotHaveDuplicates();
        assertThat(machines).extracting(Machine::address).doesNotHaveDuplicates();
        for (Machine machine : machines) {
            assertThat(on.evidence().events().stream()
                            .filter(Event.MachineStarted.class::isInstance)
                            .map(Event.MachineStarted.class::cast))
                    .anySatisfy(started -> {
                        assertThat(started.actor()).isEqualTo(machine.name());
                        assertThat(started.subject()).isEqualTo(machine.address());
                        assertThat(started.outcome()).isEqualTo(machine.mac());
                    });
            assertThat(on.evidence().files()).containsKey("captures/" + machine.name() + ".pcapng");
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aMissingMachineHasAReason(Monitor monitor, Policy policy) {
        Host host = ContractHost.shared(monitor, policy).host();
        assertThat(host.machine("vm99")).isEmpty();
        assertThat(host.absence("vm99")).contains("vm99");
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void everyCapabilityIsOfferedOrRefusedWithAReason(Monitor monitor, Policy policy) {
        ContractHost on = ContractHost.shared(monitor, policy);
        for (Machine machine : on.host().machines()) {
            for (Class<?> kind : Capability.class.getPermittedSubclasses()) {
                String what = "%s of %s".formatted(kind.getSimpleName(), machine.name());
                switch (machine.offer(kind.asSubclass(Capability.class))) {
                    case Offer.Available<?> available ->
                        assertThat(available.capability()).as(what).isInstanceOf(kind);
                    case Offer.Missing<?> missing ->
                        assertThat(missing.reason()).as(what).isNotBlank().doesNotEndWith(".");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void guestsCanTalkListenAndBeUnplugged(Monitor monitor, Policy policy) {
        ContractHost on = ContractHost.shared(monitor, policy);
        for (String guest : List.of("vm1", "vm2")) {
            assertThat(on.endpoint(guest)).isNotNull();
            assertThat(on.capability(guest, Cable.class)).isNotNull();
            assertThat(on.nic(guest).address()).isEqualTo(on.machine(guest).mac());
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aBroadcastOfARawInterfaceReachesTheOthersAndNotItself(Monitor monitor, Policy policy) {
        ContractHost on = ContractHost.shared(monitor, policy);
        RawNic sender = on.nic("source");
        byte[] frame = ContractHost.frame(MacAddress.BROADCAST, sender.address());
        try (HeardFrames heard = new HeardFrames(on.nic("vm1"));
                HeardFrames echoed = new HeardFrames(sender)) {
            sender.send(frame);
            assertThat(on.host().await(() -> heard.count(frame) > 0, ContractHost.LIMIT))
                    .isTrue();
            assertThat(heard.count(frame)).isEqualTo(1);
            assertThat(echoed.count(frame)).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void anOrdinaryInterfaceHearsNothingOfStrangers(Monitor monitor, Policy policy) {
        ContractHost on = ContractHost.shared(monitor, policy);
        assertThat(hearsOfStrangers(on, false)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aPromiscuousInterfaceHearsStrangersWhereTheNetworkIsShared(
            Monitor monitor, Policy policy) {
        ContractHost on = ContractHost.shared(monitor, policy);
        NetworkPolicy network = policy.network();
        boolean shared = network.mode() == NetworkPolicy.Mode.SHARED
                && network.promiscuous() != NetworkPolicy.Promiscuous.REJECT;
        boolean apart = network.mode() == NetworkPolicy.Mode.SWITCHED
                && network.promiscuous() == NetworkPolicy.Promiscuous.REJECT;
        boolean heard = hearsOfStrangers(on, true);
        if (shared) {
            assertThat(heard).isTrue();
        }
        if (apart) {
            assertThat(heard).isFalse();
        }
    }

    /**
     * Whether the second guest hears a frame from source to the first one. A broadcast that follows on
     * the same way proves that it listened, and that nothing else is on its way.
     */
    private static boolean hearsOfStrangers(ContractHost on, boolean promiscuous) {
        RawNic sender = on.nic("source");
        RawNic listener = on.nic("vm2");
        // Lets a learning network know where both are.
        FlowId flow = ContractHost.flow();
        on.finish(on.endpoint("vm1").ping(on.machine("source"), flow, 1, Duration.ZERO));
        byte[] stranger = ContractHost.frame(on.machine("vm1").mac(), sender.address());
        byte[] everybody = ContractHost.frame(MacAddress.BROADCAST, sender.address());
        listener.promiscuous(promiscuous);
        try (HeardFrames heard = new HeardFrames(listener);
                HeardFrames received = new HeardFrames(on.nic("vm1"))) {
            sender.send(stranger);
            sender.send(everybody);
            assertThat(on.host()
                            .await(
                                    () -> heard.count(everybody) > 0
                                            && received.count(everybody) > 0,
                                    ContractHost.LIMIT))
                    .isTrue();
            assertThat(received.count(stranger)).isEqualTo(1);
            return heard.count(stranger) > 0;
        } finally {
            listener.promiscuous(false);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aGuestsRawFrameReachesTheNetwork(Monitor monitor, Policy policy) {
        ContractHost on = ContractHost.shared(monitor, policy);
        RawNic sender = on.nic("vm1");
        byte[] frame = ContractHost.frame(on.machine("source").mac(), sender.address());
        try (HeardFrames heard = new HeardFrames(on.nic("source"))) {
            sender.send(frame);
            boolean came = on.host().await(() -> heard.count(frame) > 0, Duration.ofSeconds(5));
            assertThat(came)
                    .isEqualTo(policy.network().guards().protocols() == PacketGuards.Protocols.ANY);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aChangedAddressIsRecordedAndCanBeTakenBack(Monitor monitor, Policy policy) {
        ContractHost on = ContractHost.shared(monitor, policy);
        RawNic nic = on.nic("vm2");
        MacAddress own = nic.address();
        nic.changeAddress(NEW_ADDRESS);
        try {
            assertThat(nic.address()).isEqualTo(NEW_ADDRESS);
            assertThat(on.machine("vm2").mac()).isEqualTo(own);
            assertThat(on.evidence().events())
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(Event.AddressChanged.class, changed -> {
                                assertThat(changed.actor()).isEqualTo("vm2");
                                assertThat(changed.outcome()).isEqualTo(NEW_ADDRESS);
                            }));
            if (policy.network().mode() == NetworkPolicy.Mode.SHARED) {
                assertThat(hears(on, nic, NEW_ADDRESS)).isTrue();
                assertThat(hears(on, nic, own)).isFalse();
            }
        } finally {
            nic.changeAddress(own);
        }
        assertThat(nic.address()).isEqualTo(own);
        assertThat(hears(on, nic, own)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void noStationCanHaveAGroupsAddress(Monitor monitor, Policy policy) {
        RawNic nic = ContractHost.shared(monitor, policy).nic("vm2");
        assertThatThrownBy(() -> nic.changeAddress(MacAddress.BROADCAST))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(nic.address()).isNotEqualTo(MacAddress.BROADCAST);
    }

    private static boolean hears(ContractHost on, RawNic listener, MacAddress address) {
        RawNic sender = on.nic("source");
        byte[] frame = ContractHost.frame(address, sender.address());
        byte[] everybody = ContractHost.frame(MacAddress.BROADCAST, sender.address());
        try (HeardFrames heard = new HeardFrames(listener)) {
            sender.send(frame);
            sender.send(everybody);
            assertThat(on.host().await(() -> heard.count(everybody) > 0, ContractHost.LIMIT))
                    .isTrue();
            return heard.count(frame) > 0;
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aStoppedListenerHearsNothingMore(Monitor monitor, Policy policy) {
        ContractHost on = ContractHost.shared(monitor, policy);
        HeardFrames heard = new HeardFrames(on.nic("vm1"));
        heard.close();
        FlowId flow = ContractHost.flow();
        on.finish(on.endpoint("source").ping(on.machine("vm1"), flow, 1, Duration.ZERO));
        assertThat(on.outcomes(flow)).containsExactly(FlowOutcome.COMPLETED);
        assertThat(heard.count()).isZero();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void nothingCrossesACutCable(Monitor monitor, Policy policy) {
        ContractHost on = ContractHost.shared(monitor, policy);
        for (String unplugged : List.of("source", "vm1")) {
            Cable cable = on.capability(unplugged, Cable.class);
            FlowId cut = ContractHost.flow();
            FlowId whole = ContractHost.flow();
            cable.connect(false);
            on.finish(on.endpoint("vm1").ping(on.machine("source"), cut, 2, Duration.ZERO));
            cable.connect(true);
            on.finish(on.endpoint("vm1").ping(on.machine("source"), whole, 2, Duration.ZERO));
            assertThat(on.outcomes(cut)).containsExactly(FlowOutcome.FAILED);
            assertThat(on.outcomes(whole)).containsExactly(FlowOutcome.COMPLETED);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void timeGoesOnWhileNothingHappens(Monitor monitor, Policy policy) {
        Host host = ContractHost.shared(monitor, policy).host();
        long before = host.timeline().now();
        assertThat(host.await(() -> false, Duration.ofMillis(5))).isFalse();
        assertThat(host.timeline().now() - before).isGreaterThanOrEqualTo(5_000_000);
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void whatIsDueIsDoneInItsOrderWhileSomebodyWaits(Monitor monitor, Policy policy) {
        Host host = ContractHost.shared(monitor, policy).host();
        List<String> done = new ArrayList<>();
        host.timeline().after(Duration.ofMillis(4), () -> done.add("second"));
        host.timeline().after(Duration.ofMillis(2), () -> done.add("first"));
        host.timeline().after(Duration.ofMillis(3), () -> done.add("never")).cancel();
        assertThat(host.await(() -> done.size() == 2, ContractHost.LIMIT)).isTrue();
        assertThat(done).containsExactly("first", "second");
    }

    @ParameterizedTest
    @MethodSource("monitors")
    void aClosedHostRefusesToLiveOnAndLeavesNoProcess(Monitor monitor, Policy policy) {
        SortedSet<Path> before = Leftovers.ownFolders();
        Host host = ContractHost.started(monitor, policy).host();
        SortedSet<Path> folders = new TreeSet<>(Leftovers.ownFolders());
        folders.removeAll(before);
        // Whatever is no program of its own in this process must be one outside it.
        assertThat(folders).hasSize(monitor.repeatable() ? 0 : 1);
        host.close();
        host.close();
        assertThatThrownBy(() -> host.await(() -> true, ContractHost.LIMIT))
                .isInstanceOf(IllegalStateException.class);
        assertThat(folders).allSatisfy(folder -> {
            assertThat(Leftovers.of(folder)).isEmpty();
            assertThat(folder).doesNotExist();
        });
    }

    @ParameterizedTest
    @MethodSource("monitors")
    void aHostThatIsNotPossibleIsRefusedWithAReason(Monitor monitor, Policy ignored) {
        Requirement.met(monitor.unavailable());
        for (Policy policy : Policies.all()) {
            if (monitor.repeatable() || policy.name().equals("physical")) {
                requireReason(monitor, policy);
            }
        }
    }

    private static void requireReason(Monitor monitor, Policy policy) {
        HostSetup setup = HostSetup.withoutDisks(policy, Wiring.LOCAL, 1, new RecordedEvidence());
        try (Host host = monitor.start(setup)) {
            assertThat(monitor.repeatable())
                    .as("only the emulated monitor has it all")
                    .isTrue();
            assertThat(host.machines()).isNotEmpty();
        } catch (RefusedSetupException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotEndWith(".");
        }
    }
}
