package cofferdam.monitor.packet;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.MacAddress;

import org.junit.jupiter.api.Test;

class EthernetTest {

    private static final MacAddress ONE = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress TWO = MacAddress.parse("02:00:00:00:00:02");
    private static final MacAddress THREE = MacAddress.parse("02:00:00:00:00:03");

    private final byte[] frame = Ethernet.frame(ONE, TWO, 0x88b5, new byte[] {7, 8});

    @Test
    void headerIsDestinationSourceType() {
        assertThat(frame).isEqualTo(Frames.hex("020000000001 020000000002 88b5 0708"));
        assertThat(Ethernet.destination(frame)).isEqualTo(ONE);
        assertThat(Ethernet.source(frame)).isEqualTo(TWO);
        assertThat(Ethernet.etherType(frame)).isEqualTo(0x88b5);
    }

    @Test
    void forwardedCopyHasOtherAddressesAndTheSameRest() {
        byte[] copy = Ethernet.readdressed(frame, THREE, ONE);

        assertThat(copy).isEqualTo(Frames.hex("020000000003 020000000001 88b5 0708"));
        assertThat(Ethernet.destination(frame)).isEqualTo(ONE);
    }

    @Test
    void frameWithoutAWholeHeaderHasNoType() {
        assertThat(Ethernet.etherType(new byte[13])).isEqualTo(-1);
        assertThat(Ethernet.etherType(new byte[14])).isZero();
    }
}
