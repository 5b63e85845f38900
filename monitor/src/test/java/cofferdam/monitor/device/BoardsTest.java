package cofferdam.monitor.device;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.device.BaseAddress.Space;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.DevicesPolicy;
import cofferdam.monitor.policy.DevicesPolicy.Model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

class BoardsTest {

    private static final int MIB = 1 << 20;
    private static final MacAddress MAC = MacAddress.parse("02:00:5e:10:20:31");
    private static final long NOON = 1_056_974_405_000_000_000L; // 2003-06-30T12:00:05Z, a Monday.

    private final TestMemory memory = new TestMemory(24 * MIB);
    private final Bus host = Boards.host();

    private Bus machine(Model... models) {
        return Boards.machine(
                new DevicesPolicy(List.of(models), false), memory, MAC, () -> NOON, host);
    }

    @ParameterizedTest
    @CsvSource({
        "VGA, 00:08.0, 5333:8811",
        "PCNET, 00:10.0, 1022:2000",
        "TULIP, 00:0a.0, 1011:0009",
        "BUSLOGIC, 00:11.0, 104b:1040",
        "IDE, 00:07.1, 8086:7111",
    })
    void aGivenFunctionAnswersWithItsDocumentedNumbers(Model model, String place, String identity) {
        assertThat(machine(model).describe(0, "vm1"))
                .filteredOn(given -> given.device().equals(model.name().toLowerCase()))
                .singleElement()
                .satisfies(given -> {
                    assertThat(given.function()).isEqualTo(place);
                    assertThat(given.outcome()).isEqualTo(identity);
                });
        assertThat(functions(machine(model))).contains(place + " " + identity);
    }

    @Test
    void everyMachineHasItsChipsetAndNothingElse() {
        assertThat(functions(machine()))
                .containsExactly("00:00.0 8086:7190", "00:07.0 8086:7110", "00:07.3 8086:7113");
    }

    @ParameterizedTest
    @EnumSource
    void everythingThatIsGivenAnswersAndNothingThatIsNot(Model model) {
        Bus bus = machine(model);
        List<Event.DeviceGiven> given = bus.describe(0, "vm1");

        for (int port = 0; port < Bus.PORTS; port++) {
            if (bus.in(port, 1) != 0xff) {
                assertThat(isIn(port, given)).as("port %x", port).isTrue();
            }
        }
        assertThat(given)
                .filteredOn(device -> !device.ports().isEmpty())
                .filteredOn(device -> !device.device().equals("host-bridge"))
                .allSatisfy(device -> assertThat(ports(device))
                        .as(device.device())
                        .anyMatch(port -> bus.in(port, 1) != 0xff));
        assertThat(given)
                .flatExtracting(device -> ranges(device.memory()))
                .allSatisfy(range -> assertThat(bus.readByte(range.first()))
                        .as(Range.text(List.of(range)))
                        .isNotEqualTo(0xff));
    }

    @Test
    void noTwoDevicesAreGivenTheSamePlace() {
        Bus bus = machine(Model.values());
        List<Integer> ports = new ArrayList<>();
        List<Range> memory = new ArrayList<>();
        for (Event.DeviceGiven given : bus.describe(0, "vm1")) {
            ports.addAll(ports(given));
            memory.addAll(ranges(given.memory()));
        }

        assertThat(ports).doesNotHaveDuplicates();
        for (Range one : memory) {
            assertThat(memory)
                    .filteredOn(range -> range.first() <= one.last() && range.last() >= one.first())
                    .containsExactly(one);
        }
    }

    @Test
    void theHostsDevicesAnswerOnlyWhereTheyArePassedThrough() {
        Bus through = Boards.machine(
                new DevicesPolicy(List.of(Model.PCNET), true), memory, MAC, () -> NOON, host);

        assertThat(functions(through))
                .contains("00:0b.0 8086:100e", "00:0c.0 9005:0080", "00:07.2 8086:7112")
                .contains("00:10.0 1022:2000");
        assertThat(through.in(0x2fd, 1)).isEqualTo(0x60);
        assertThat(through.readByte(0xfeb0_0008L)).isEqualTo(0x83);
        assertThat(through.describe(0, "vm1")).isEqualTo(machine(Model.PCNET).describe(0, "vm1"));
        assertThat(machine(Model.PCNET).in(0x2fd, 1)).isEqualTo(0xff);
        assertThat(machine(Model.PCNET).readByte(0xfeb0_0008L)).isEqualTo(0xff);
    }

    @Test
    void theClockTellsTimeAndMemory() {
        Bus bus = machine();

        assertThat(List.of(
                        stored(bus, 0),
                        stored(bus, 2),
                        stored(bus, 4),
                        stored(bus, 6),
                        stored(bus, 7),
                        stored(bus, 8),
                        stored(bus, 9),
                        stored(bus, 0x32)))
                .containsExactly(0x05, 0x00, 0x12, 2, 0x30, 0x06, 0x03, 0x20);
        assertThat(stored(bus, 0x15) | stored(bus, 0x16) << 8).isEqualTo(640);
        assertThat(stored(bus, 0x30) | stored(bus, 0x31) << 8).isEqualTo(23 * 1024);
        assertThat(stored(bus, 0x34) | stored(bus, 0x35) << 8).isEqualTo(8 * 16);
    }

    @Test
    void theNetworkAdaptersTellTheirAddress() {
        Bus bus = machine(Model.PCNET, Model.TULIP);

        byte[] address = new byte[MacAddress.BYTES];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) bus.in(0x1080 + i, 1);
        }
        assertThat(MacAddress.read(address, 0)).isEqualTo(MAC);
        assertThat(bus.readByte(0xf400_0005L)).isEqualTo(0x31);
        for (int word = 0; word < 3; word++) {
            int value = serialWord(bus, 0x1100 + 0x48, 10 + word);
            address[2 * word] = (byte) value;
            address[2 * word + 1] = (byte) (value >>> 8);
        }
        assertThat(MacAddress.read(address, 0)).isEqualTo(MAC);
    }

    @Test
    void thePcnetTellsItsChip() {
        Bus bus = machine(Model.PCNET);

        bus.out(0x1092, 2, 88);
        assertThat(bus.in(0x1090, 2)).isEqualTo(0x1003);
        bus.out(0x1092, 2, 89);
        assertThat(bus.in(0x1090, 2)).isEqualTo(0x0262);
        bus.out(0x1092, 2, 4);
        bus.out(0x1090, 2, 0x0915);
        assertThat(bus.in(0x1090, 2)).isEqualTo(0x0915);
        bus.in(0x1094, 2);
        assertThat(bus.in(0x1090, 2)).isEqualTo(0x0004);
    }

    @Test
    void theSerialPortKeepsItsScratchRegisterAndItsDivisor() {
        Bus bus = machine(Model.SERIAL);

        bus.out(0x3ff, 1, 0x5a);
        assertThat(bus.in(0x3ff, 1)).isEqualTo(0x5a);
        bus.out(0x3fb, 1, 0x83);
        bus.out(0x3f8, 2, 0x0180);
        assertThat(bus.in(0x3f8, 2)).isEqualTo(0x0180);
        bus.out(0x3fb, 1, 0x03);
        assertThat(bus.in(0x3f8, 2)).isZero();
        assertThat(bus.in(0x3fd, 1)).isEqualTo(0x60);
    }

    @Test
    void theFloppyAndTheDriveSayThatTheyAreReady() {
        Bus bus = machine(Model.FLOPPY, Model.IDE);

        assertThat(bus.in(0x3f4, 1)).isEqualTo(0x80);
        assertThat(bus.in(0x1f7, 1)).isEqualTo(0x50);
        assertThat(bus.in(0x3f6, 1)).isEqualTo(0x50);
        bus.out(0x1f6, 1, 0xb0);
        assertThat(bus.in(0x1f7, 1)).isZero();
    }

    @Test
    void theDisplayShowsWhatIsWrittenToItInBothItsWindows() {
        Bus bus = machine(Model.VGA);

        bus.writeByte(0xf800_0000L + 0x1ffff, 0x41);
        assertThat(bus.readByte(0xbffff)).isEqualTo(0x41);
        assertThat(bus.readByte(0xf800_0000L + 4 * MIB + 0x1ffff)).isEqualTo(0x41);
        bus.out(0x3d4, 1, 0x0c);
        bus.out(0x3d5, 1, 0x77);
        bus.out(0x3d4, 1, 0x0d);
        assertThat(bus.in(0x3d5, 1)).isZero();
        bus.out(0x3d4, 1, 0x0c);
        assertThat(bus.in(0x3d5, 1)).isEqualTo(0x77);
    }

    @Test
    void theKeyboardControllerPassesItsSelfTest() {
        Bus bus = machine();

        bus.out(0x64, 1, 0xaa);
        assertThat(bus.in(0x64, 1) & 1).isEqualTo(1);
        assertThat(bus.in(0x60, 1)).isEqualTo(0x55);
        assertThat(bus.in(0x64, 1) & 1).isZero();
    }

    @Test
    void theFirmwareIsInBothItsPlacesCannotBeWrittenAndSumsToZero() {
        Bus bus = machine();
        bus.writeByte(0xffff0, 0);

        StringBuilder name = new StringBuilder();
        for (int at = 0; at < 14; at++) {
            name.append((char) bus.readByte(0xfe000 + at));
        }
        assertThat(name).hasToString("Cofferdam BIOS");
        int sum = 0;
        for (int at = 0; at < 0x10000; at++) {
            sum += bus.readByte(0xf0000 + at);
            assertThat(bus.readByte(0xffff_0000L + at)).isEqualTo(bus.readByte(0xf0000 + at));
        }
        assertThat(sum & 0xff).isZero();
        assertThat(bus.readByte(0xffff0)).isEqualTo(0xea);
    }

    @Test
    void theInterruptControllersKeepTheirMasks() {
        Bus bus = machine();

        bus.out(0x20, 1, 0x11);
        bus.out(0x21, 1, 0x20);
        bus.out(0x21, 1, 0x04);
        bus.out(0x21, 1, 0x01);
        assertThat(bus.in(0x21, 1)).isZero();
        bus.out(0x21, 1, 0xfb);
        assertThat(bus.in(0x21, 1)).isEqualTo(0xfb);
        assertThat(bus.in(0xa1, 1)).isZero();
    }

    private static int stored(Bus bus, int at) {
        bus.out(0x70, 1, at);
        return bus.in(0x71, 1);
    }

    /** Reads a word of a serial memory as a driver does: command, then 16 bits after a zero. */
    private static int serialWord(Bus bus, int port, int word) {
        int select = 0x4801;
        bus.out(port, 4, 0);
        int command = 0b110 << 6 | word;
        for (int bit = 8; bit >= 0; bit--) {
            int data = (command >>> bit & 1) << 2;
            bus.out(port, 4, select | data);
            bus.out(port, 4, select | data | 2);
        }
        assertThat(bus.in(port, 4) & 8).as("the bit before the word").isZero();
        int value = 0;
        for (int bit = 0; bit < 16; bit++) {
            bus.out(port, 4, select);
            bus.out(port, 4, select | 2);
            value = value << 1 | bus.in(port, 4) >>> 3 & 1;
        }
        bus.out(port, 4, 0);
        return value;
    }

    private static List<String> functions(Bus bus) {
        List<String> found = new ArrayList<>();
        for (int number = 0; number < 256; number++) {
            bus.out(0xcf8, 4, 1 << 31 | number << 8);
            int identity = bus.in(0xcfc, 4);
            if (identity != -1) {
                found.add("00:%02x.%x %04x:%04x"
                        .formatted(number >>> 3, number & 7, identity & 0xffff, identity >>> 16));
            }
        }
        bus.out(0xcf8, 4, 0);
        return found;
    }

    private static boolean isIn(int port, List<Event.DeviceGiven> given) {
        return given.stream().anyMatch(device -> ports(device).contains(port));
    }

    private static List<Integer> ports(Event.DeviceGiven given) {
        List<Integer> ports = new ArrayList<>();
        for (Range range : ranges(given.ports())) {
            for (long port = range.first(); port <= range.last(); port++) {
                ports.add((int) port);
            }
        }
        return ports;
    }

    private static List<Range> ranges(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] ends = part.split("-");
            ranges.add(new Range(
                    Long.parseLong(ends[0], 16), Long.parseLong(ends[ends.length - 1], 16)));
        }
        return ranges;
    }

    @Test
    void onlyThePartsOfADisabledFunctionFallSilent() {
        Bus bus = machine(Model.VGA);
        bus.out(0xcf8, 4, 1 << 31 | PciFunction.number(8, 0) << 8 | 0x04);
        bus.out(0xcfc, 2, 0);

        assertThat(bus.in(0x3cc, 1)).isEqualTo(0xff);
        assertThat(bus.readByte(0xa0000)).isEqualTo(0xff);
        assertThat(bus.readByte(0xf800_0000L)).isEqualTo(0xff);
        assertThat(bus.in(0x21, 1)).isZero();
        assertThat(new Chipset(4 * MIB, () -> 0).parts())
                .allSatisfy(part -> assertThat(part.ranges(Space.PORTS)).hasSizeLessThan(4));
    }
}
