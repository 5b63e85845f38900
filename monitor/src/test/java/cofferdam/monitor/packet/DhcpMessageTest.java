package cofferdam.monitor.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

class DhcpMessageTest {

    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:01:01");
    private static final Ipv4Address SERVER = Ipv4Address.parse("10.0.0.1");
    private static final Ipv4Address ADDRESS = Ipv4Address.parse("10.0.0.11");

    private static DhcpMessage offer() {
        Map<Integer, byte[]> options = new HashMap<>();
        options.put(DhcpMessage.SERVER_IDENTIFIER, DhcpMessage.value(SERVER));
        options.put(DhcpMessage.ROUTER, DhcpMessage.value(SERVER));
        options.put(DhcpMessage.LEASE_TIME, DhcpMessage.value(86_400));
        return new DhcpMessage(
                DhcpMessage.Type.OFFER, 0x1234_5678, true, Ipv4Address.ANY, ADDRESS, MAC, options);
    }

    @Test
    void hasTheLayoutOfRfc2131() {
        byte[] bytes = offer().toBytes();

        assertThat(bytes).hasSize(300);
        assertThat(Arrays.copyOf(bytes, 34))
                .isEqualTo(Frames.hex("02 01 06 00 12345678 0000 8000 00000000 0a00000b"
                        + "00000000 00000000 020000000101"));
        assertThat(Arrays.copyOfRange(bytes, 236, 262))
                .isEqualTo(Frames.hex("63825363 350102 03040a000001 330400015180 36040a000001 ff"));
    }

    @Test
    void readsEveryField() {
        DhcpMessage read = DhcpMessage.read(offer().toBytes()).orElseThrow();

        assertThat(read.type()).isEqualTo(DhcpMessage.Type.OFFER);
        assertThat(read.transaction()).isEqualTo(0x1234_5678);
        assertThat(read.broadcast()).isTrue();
        assertThat(read.clientAddress()).isEqualTo(Ipv4Address.ANY);
        assertThat(read.yourAddress()).isEqualTo(ADDRESS);
        assertThat(read.clientHardware()).isEqualTo(MAC);
        assertThat(read.address(DhcpMessage.ROUTER)).contains(SERVER);
        assertThat(read.leaseTime()).hasValue(86_400);
        assertThat(read.address(DhcpMessage.SUBNET_MASK)).isEmpty();
    }

    @Test
    void whatIsNoMessageIsNotRead() {
        assertThat(DhcpMessage.read(new byte[0])).isEmpty();
        assertThat(DhcpMessage.read(new byte[300])).isEmpty();
        assertThat(DhcpMessage.read(changed(0, 1))).as("an offer of a client").isEmpty();
        assertThat(DhcpMessage.read(changed(1, 2))).as("not Ethernet").isEmpty();
        assertThat(DhcpMessage.read(changed(236, 0))).as("no cookie").isEmpty();
        assertThat(DhcpMessage.read(changed(242, 9))).as("no such type").isEmpty();
        assertThat(DhcpMessage.read(changed(244, 255))).as("beyond the end").isEmpty();
        assertThat(DhcpMessage.read(changed(240, 255))).as("no type").isEmpty();
    }

    private static byte[] changed(int at, int value) {
        byte[] bytes = offer().toBytes();
        bytes[at] = (byte) value;
        return bytes;
    }

    @Test
    void impossibleOptionsAreRefused() {
        for (int code : new int[] {0, 53, 255, 256}) {
            assertThatThrownBy(() -> new DhcpMessage(
                            DhcpMessage.Type.DISCOVER,
                            1,
                            false,
                            Ipv4Address.ANY,
                            Ipv4Address.ANY,
                            MAC,
                            Map.of(code, new byte[1])))
                    .hasMessage("DHCP option %d of 1 bytes is not possible here", code);
        }
    }

    @Test
    void damagedMessagesNeverThrow() {
        Frames.damage(offer().toBytes(), DhcpMessage::read);
    }
}
