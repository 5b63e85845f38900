package cofferdam.monitor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.device.BaseAddress.Space;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class BusTest {

    private static final int MIB = 1 << 20;
    private static final int ENABLE = 1 << 31;
    private static final int COMMAND = 0x04;
    private static final int BAR0 = 0x10;
    private static final int BAR1 = 0x14;
    private static final int CARD = PciFunction.number(5, 1) << 8;

    private final TestMemory memory = new TestMemory(4 * MIB);
    private final Latches fixed = new Latches(4).preset(0, 0x11, 0x22, 0x33, 0x44);
    private final Latches ports = new Latches(32).preset(0, 0xa1);
    private final Latches window = new Latches(4096).preset(0, 0xb1);
    private final Bus bus = new Bus(List.of(isa(), card()), memory, Optional.empty());

    private Part isa() {
        return Part.atPorts("isa", Claim.of(0x100, 4, fixed));
    }

    private Part card() {
        PciFunction function = new PciFunction(PciFunction.number(5, 1), 0x1234_5678, 0x02_00_00, 7)
                .command(0b111)
                .base(new BaseAddress(BAR0, Space.PORTS, 32, ports), 0x1400)
                .base(new BaseAddress(BAR1, Space.MEMORY, 4096, window), 0xf000_0000L);
        return Part.onPci("card", function, Claim.of(0x180, 1, new Latches(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "0x100, 1, 0x11",
        "0x100, 2, 0x2211",
        "0x100, 4, 0x44332211",
        "0x0fe, 4, 0x2211ffff",
        "0x103, 4, 0xffffff44",
        "0x200, 1, 0xff",
        "0x200, 2, 0xffff",
        "0x200, 4, 0xffffffff",
        "0xffff, 4, 0xffffffff",
    })
    void everyByteIsReadFromItsOwnPortAndNobodyIsAllOnes(String port, int bytes, String expected) {
        assertThat(bus.in(Integer.decode(port), bytes))
                .isEqualTo(Long.decode(expected).intValue());
    }

    @Test
    void everyByteIsWrittenToItsOwnPortAndNobodyIgnoresIt() {
        bus.out(0x102, 4, 0xdd_cc_bb_aa);
        bus.out(0xffff, 4, 0);

        assertThat(bus.in(0x100, 4)).isEqualTo(0xbb_aa_22_11);
        assertThat(bus.in(0x104, 2)).isEqualTo(0xffff);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "65536, 1", "0, 3", "0, 0", "0, 8"})
    void noSuchPortOrWidthIsRefused(int port, int bytes) {
        assertThatThrownBy(() -> bus.in(port, bytes)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bus.out(port, bytes, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theAddressRegisterReadsAsItWasWrittenByWholeWordsAlone() {
        bus.out(0xcf8, 4, 0xffff_ffff);
        assertThat(bus.in(0xcf8, 4)).isEqualTo(0x80ff_fffc);

        bus.out(0xcf8, 2, 0);
        assertThat(bus.in(0xcf8, 4)).isEqualTo(0x80ff_fffc);
        assertThat(bus.in(0xcf8, 2)).isEqualTo(0xffff);
    }

    @Test
    void aConfigurationSpaceIsReadInEveryWidth() {
        bus.out(0xcf8, 4, ENABLE | CARD);

        assertThat(bus.in(0xcfc, 4)).isEqualTo(0x5678_1234);
        assertThat(bus.in(0xcfe, 2)).isEqualTo(0x5678);
        assertThat(bus.in(0xcff, 1)).isEqualTo(0x56);
        assertThat(config(0x08)).isEqualTo(0x0200_0007);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0000, 0x2800, 0x2a00, 0x0001_2900, 0x00ff_f800})
    void functionsThatAreNotThereReadAsAllOnes(int function) {
        bus.out(0xcf8, 4, ENABLE | function);
        bus.out(0xcfc, 4, 0);

        assertThat(bus.in(0xcfc, 4)).isEqualTo(-1);
    }

    @Test
    void withoutTheEnableBitTheDataRegisterIsAPortLikeAnyOther() {
        bus.out(0xcf8, 4, CARD);

        assertThat(bus.in(0xcfc, 4)).isEqualTo(-1);
    }

    @Test
    void basesTellTheirSizeAndKind() {
        configure(COMMAND, 0);
        configure(BAR0, -1);
        configure(BAR1, -1);

        assertThat(config(BAR0)).isEqualTo(0xffff_ffe1);
        assertThat(config(BAR1)).isEqualTo(0xffff_f000);
        configure(0x18, -1);
        assertThat(config(0x18)).isZero();
    }

    @Test
    void identityAndStatusCannotBeWritten() {
        configure(0x00, 0);
        configure(COMMAND, -1);

        assertThat(config(0x00)).isEqualTo(0x5678_1234);
        assertThat(config(COMMAND)).isEqualTo(0x0280_0007);
    }

    @Test
    void aMovedBaseAnswersWhereItIsNow() {
        assertThat(bus.in(0x1400, 1)).isEqualTo(0xa1);
        assertThat(bus.readByte(0xf000_0000L)).isEqualTo(0xb1);

        configure(BAR0, 0x2000);
        configure(BAR1, 0xe000_0000);

        assertThat(bus.in(0x1400, 1)).isEqualTo(0xff);
        assertThat(bus.readByte(0xf000_0000L)).isEqualTo(0xff);
        assertThat(bus.in(0x2000, 1)).isEqualTo(0xa1);
        assertThat(bus.readByte(0xe000_0000L)).isEqualTo(0xb1);
        assertThat(bus.readByte(0xe000_1000L)).isEqualTo(0xff);
    }

    @Test
    void theCommandRegisterTurnsPortsAndMemoryOffEachForItself() {
        configure(COMMAND, 0b110);
        assertThat(bus.in(0x1400, 1)).isEqualTo(0xff);
        assertThat(bus.in(0x180, 1)).isEqualTo(0xff);
        assertThat(bus.readByte(0xf000_0000L)).isEqualTo(0xb1);

        configure(COMMAND, 0b101);
        assertThat(bus.in(0x1400, 1)).isEqualTo(0xa1);
        assertThat(bus.in(0x180, 1)).isZero();
        assertThat(bus.readByte(0xf000_0000L)).isEqualTo(0xff);
    }

    @Test
    void aBaseThatIsMovedOntoMemoryDoesNotHideIt() {
        memory.bytes[2 * MIB] = 77;
        configure(BAR1, 2 * MIB);

        assertThat(bus.readByte(2 * MIB)).isEqualTo(77);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x9ffff, 0xc0000, 0xeffff, 0x100000, 4 * MIB - 1})
    void memoryIsReadAndWrittenUpToItsLastByte(long address) {
        bus.writeByte(address, 0x5a);

        assertThat(memory.bytes[(int) address]).isEqualTo((byte) 0x5a);
        assertThat(bus.readByte(address)).isEqualTo(0x5a);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0xa0000,
                0xbffff,
                0xf0000,
                0xfffff,
                4 * MIB,
                0xffff_ffffL,
                1L << 32,
                -1,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void whatIsNotMemoryIsNobodys(long address) {
        bus.writeByte(address, 0x5a);

        assertThat(bus.readByte(address)).isEqualTo(0xff);
        assertThat(memory.bytes).containsOnly(0);
        assertThat(memory.strays).isZero();
    }

    @Test
    void whatTheMachineIsGivenIsToldWithItsPlaces() {
        assertThat(bus.describe(7, "vm1"))
                .extracting(
                        given -> given.time() + given.actor() + given.subject(),
                        given -> given.device(),
                        given -> given.function(),
                        given -> given.outcome(),
                        given -> given.ports(),
                        given -> given.memory())
                .containsExactly(
                        row("ram", "", "", "", "0-9ffff,c0000-effff,100000-3fffff"),
                        row("isa", "", "", "100-103", ""),
                        row("card", "00:05.1", "1234:5678", "180,1400-141f", "f0000000-f0000fff"));
    }

    @Test
    void whatIsOnTheBusBehindAnswersButIsNotGiven() {
        Bus guest = new Bus(List.of(), memory, Optional.of(bus));

        assertThat(guest.in(0x100, 4)).isEqualTo(0x44332211);
        guest.out(0xcf8, 4, ENABLE | CARD);
        assertThat(guest.in(0xcfc, 4)).isEqualTo(0x5678_1234);
        assertThat(guest.readByte(0xf000_0000L)).isEqualTo(0xb1);
        assertThat(guest.describe(7, "vm1")).hasSize(1);
    }

    @Test
    void theBusBehindIsReachedOnlyWhereNothingOfTheMachinesOwnAnswers() {
        Part own = Part.atPorts("own", Claim.of(0x101, 1, new Latches(1).preset(0, 0x99)));
        Bus guest = new Bus(List.of(own), memory, Optional.of(bus));

        assertThat(guest.in(0x100, 4)).isEqualTo(0x44339911);
    }

    private static org.assertj.core.groups.Tuple row(
            String device, String function, String identity, String ports, String addresses) {
        return org.assertj.core.groups.Tuple.tuple(
                "7monitorvm1", device, function, identity, ports, addresses);
    }

    private int config(int register) {
        bus.out(0xcf8, 4, ENABLE | CARD | register);
        return bus.in(0xcfc, 4);
    }

    private void configure(int register, int value) {
        bus.out(0xcf8, 4, ENABLE | CARD | register);
        bus.out(0xcfc, 4, value);
    }
}
