package cofferdam.monitor.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Ipv6AddressTest {

    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:01:01");

    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "fe80::1, fe80::1",
        "2001:0DB8:0:1::FF:0, 2001:db8:0:1::ff:0",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "0:0:1:0:0:1:0:0, ::1:0:0:1:0:0",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    })
    void isWrittenAsTheStandardRecommends(String text, String canonical) {
        assertThat(Ipv6Address.parse(text)).hasToString(canonical);
        assertThat(Ipv6Address.parse(canonical)).isEqualTo(Ipv6Address.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "1",
                "1:2",
                ":::",
                "1::2::3",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "::1.2.3.4",
                "fe80::1%eth0",
                "1:",
                ":1"
            })
    void otherTextsAreNoAddresses(String text) {
        assertThatThrownBy(() -> Ipv6Address.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void anInterfaceIdentifierIsMadeOfTheHardwareAddress() {
        assertThat(Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, MAC)).hasToString("fe80::ff:fe00:101");
        assertThat(Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, MacAddress.parse("34:56:78:9a:bc:de")))
                .hasToString("fe80::3656:78ff:fe9a:bcde");
    }

    @Test
    void neighboursAreLookedForInAGroupOfFew() {
        Ipv6Address group = Ipv6Address.parse("fe80::2aa:ff:fe28:9c5a").solicitedNode();
        assertThat(group).hasToString("ff02::1:ff28:9c5a");
        assertThat(group.multicastMac()).hasToString("33:33:ff:28:9c:5a");
    }

    @Test
    void bytesAreThoseOfTheWire() {
        byte[] bytes = new byte[Ipv6Address.BYTES + 1];
        Ipv6Address address = Ipv6Address.parse("2001:db8::ff:1");
        address.write(bytes, 1);
        assertThat(bytes).startsWith(0, 0x20, 0x01, 0x0d, 0xb8).endsWith(0x00, 0xff, 0x00, 0x01);
        assertThat(Ipv6Address.read(bytes, 1)).isEqualTo(address);
    }
}
