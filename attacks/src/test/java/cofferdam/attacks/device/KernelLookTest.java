package cofferdam.attacks.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.SettingValues;
import cofferdam.attacks.Targets;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.VirtualTimeline;
import cofferdam.monitor.Capability;
import cofferdam.monitor.Devices;
import cofferdam.monitor.KernelDevices;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Offer;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Machines whose registers are not reached one by one. */
class KernelLookTest {

    private final Map<Class<?>, Capability> capabilities = new HashMap<>();
    private final List<String> reports = new ArrayList<>();

    @Test
    void aMachineWhoseRegistersAreOutOfReachLooksItself() throws Exception {
        KernelDevices system = () -> new KernelDevices.Look(7, 264, 21);
        capabilities.put(KernelDevices.class, system);

        Attack.Campaign campaign = attack();

        assertThat(campaign.stopped()).isTrue();
        assertThat(reports)
                .containsExactly("7 functions and 264 ports answered, and the kernel's map has 21"
                        + " ranges of addresses");
    }

    @Test
    void registersAreReadWhereTheyCanBe() throws Exception {
        TestBuses buses = new TestBuses();
        KernelDevices system = () -> new KernelDevices.Look(0, 0, 0);
        capabilities.put(Devices.class, buses);
        capabilities.put(KernelDevices.class, system);

        attack();

        assertThat(buses.scans).isEqualTo(1);
    }

    @Test
    void aLookThatFailsIsReportedAsRefused() throws Exception {
        KernelDevices system = () -> {
            throw new IOException("vm1 is off");
        };
        capabilities.put(KernelDevices.class, system);

        attack();

        assertThat(reports).containsExactly("refused: vm1 is off");
    }

    @Test
    void withNeitherTheReasonIsWhyThereAreNoRegisters() {
        assertThatThrownBy(this::attack)
                .isInstanceOf(MissingCapabilityException.class)
                .hasMessage("vm1 has no Devices");
    }

    private Attack.Campaign attack() throws MissingCapabilityException {
        DeviceVisibility attack = new DeviceVisibility();
        return attack.start(new Adversary(
                new Computer(),
                new Targets(List.of(), List.of(), Map.of()),
                SettingValues.of(attack.settings(), Map.of(), Map.of(), Map.of()),
                new VirtualTimeline(),
                new SplittableRandom(1),
                reports::add));
    }

    private final class Computer implements Machine {

        @Override
        public String name() {
            return "vm1";
        }

        @Override
        public MacAddress mac() {
            return Stage.ATTACKER;
        }

        @Override
        public Ipv4Address address() {
            return Stage.ATTACKER_IP;
        }

        @Override
        public <C extends Capability> Offer<C> offer(Class<C> kind) {
            return capabilities.containsKey(kind)
                    ? new Offer.Available<>(kind.cast(capabilities.get(kind)))
                    : new Offer.Missing<>("vm1 has no " + kind.getSimpleName());
        }
    }
}
