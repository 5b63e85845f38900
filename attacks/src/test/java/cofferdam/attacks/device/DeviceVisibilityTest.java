package cofferdam.attacks.device;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.SettingValues;
import cofferdam.attacks.Targets;
import cofferdam.attacks.staging.VirtualTimeline;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

class DeviceVisibilityTest {

    private static final long MIB = 1 << 20;

    private final TestBuses buses = new TestBuses();
    private final List<String> reports = new ArrayList<>();

    @Test
    void everythingThatAnswersIsFound() throws Exception {
        buses.function(0, 0x7190_8086);
        buses.function(0xffff, 0x2000_1022, 0xffff_ffe0, 0xffff_f000);
        buses.ports.put(0, 0x12);
        buses.ports.put(0xffff, 0);
        buses.memory(4 * MIB);

        Attack.Campaign campaign = attack();

        assertThat(buses.found)
                .containsExactly(
                        "pci 00:00.0 = 8086:7190",
                        "pci ff:1f.7 = 1022:2000",
                        "port 0000 = 12",
                        "port 0071 = 00",
                        "port ffff = 00",
                        "memory 00000000-003fffff = 00");
        assertThat(buses.scans).isEqualTo(1);
        assertThat(campaign.stopped()).isTrue();
        assertThat(reports)
                .containsExactly("2 functions with 2 base addresses, 3 ports and 1 ranges of"
                        + " addresses answered");
    }

    @Test
    void whatIsChangedToMeasureABaseAddressIsPutBack() throws Exception {
        buses.function(5, 0x2000_1022, 0xffff_ffe0, 0xffff_f000);
        int[] before = buses.functions.get(5).clone();

        attack();

        assertThat(buses.functions.get(5)).isEqualTo(before);
        assertThat(reports.getFirst()).startsWith("1 functions with 2 base addresses");
    }

    @Test
    void thePortsOfTheMechanismAreNotReadAsPorts() throws Exception {
        for (int port = 0xcf7; port <= 0xd00; port++) {
            buses.ports.put(port, 1);
        }

        attack();

        assertThat(buses.found)
                .filteredOn(found -> found.startsWith("port 0c") || found.startsWith("port 0d"))
                .containsExactly("port 0cf7 = 01", "port 0d00 = 01");
    }

    @Test
    void withoutTheMechanismThereAreNoFunctions() throws Exception {
        buses.mechanism = false;
        buses.function(5, 0x2000_1022);

        attack();

        assertThat(buses.found).noneMatch(found -> found.startsWith("pci"));
    }

    @ParameterizedTest
    @ValueSource(longs = {4 * MIB, 64 * MIB - 4096, 0x3fff_f000L, 0xf000_0000L, 0xffff_f000L})
    void aPageAnywhereOutsideTheMemoryIsFoundWithItsExactEnds(long page) throws Exception {
        buses.memory(4 * MIB);
        if (page == 4 * MIB) {
            buses.size -= 4096;
        }
        for (int at = 0; at < 32; at++) {
            buses.memory.put(page + at, 0x77);
        }

        attack();

        assertThat(buses.found)
                .contains("memory %08x-%08x = 77".formatted(page, page + 31))
                .filteredOn(found -> found.startsWith("memory"))
                .hasSize(2);
    }

    @Test
    void rangesThatTouchAreOneAndThoseThatDoNotAreTwo() throws Exception {
        fill(0xe000_0000L, 4096);
        fill(0xe000_1000L, 16);
        fill(0xe000_2000L, 4096);
        fill(0xe000_4000L, 8);

        attack();

        assertThat(buses.found)
                .filteredOn(found -> found.startsWith("memory e"))
                .containsExactly(
                        "memory e0000000-e000100f = 01",
                        "memory e0002000-e0002fff = 01",
                        "memory e0004000-e0004007 = 01");
    }

    @Test
    void memoryIsLookedAtCloselyForPagesThatAreNearlyAllOnes() throws Exception {
        buses.memory(32 * MIB);
        for (long at = MIB; at < MIB + 4096; at++) {
            buses.memory.put(at, 0xff);
        }
        buses.memory.put(MIB + 64 * 33, 5);

        attack();

        assertThat(buses.found)
                .filteredOn(found -> found.startsWith("memory"))
                .containsExactly(
                        "memory 00000000-000fffff = 00",
                        "memory 00100840-00100840 = 05",
                        "memory 00101000-01ffffff = 00");
    }

    @Test
    void noMoreRangesAreToldThanTheLimit() throws Exception {
        for (long page = 0; page < AddressScan.MAXIMUM_RANGES + 10; page++) {
            buses.memory.put(page * 8192, 1);
        }

        attack();

        assertThat(buses.found)
                .filteredOn(found -> found.startsWith("memory"))
                .hasSize(AddressScan.MAXIMUM_RANGES);
        assertThat(reports.getFirst()).contains(AddressScan.MAXIMUM_RANGES + 10 + " ranges");
    }

    @Test
    void aPageThatAnswersOnlyOnceEndsTheSearchInIt() throws IOException {
        buses.memory(4 * MIB);
        Fading fading = new Fading(buses);

        new AddressScan(fading.devices(), 4 * MIB).run();

        assertThat(buses.found).contains("memory e0000000-e0000fff = ff");
    }

    @Test
    void aMachineThatIsDownRefuses() throws Exception {
        buses.down = true;

        attack();

        assertThat(reports).containsExactly("refused: vm1 is down");
        assertThat(buses.found).isEmpty();
        assertThat(buses.scans).isZero();
    }

    private void fill(long from, int count) {
        for (int at = 0; at < count; at++) {
            buses.memory.put(from + at, 1);
        }
    }

    private Attack.Campaign attack() throws MissingCapabilityException {
        DeviceVisibility attack = new DeviceVisibility();
        return attack.start(new Adversary(
                buses,
                new Targets(List.of(), List.of(), Map.of()),
                SettingValues.of(attack.settings(), Map.of(), Map.of(), Map.of()),
                new VirtualTimeline(),
                new SplittableRandom(1),
                reports::add));
    }
}
