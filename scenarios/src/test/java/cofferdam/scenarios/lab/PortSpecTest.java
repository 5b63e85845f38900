package cofferdam.scenarios.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.emulated.OutsidePort;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

class PortSpecTest {

    @Test
    void aPortIsAGuestsWithAnAddressOfItsOwnUnlessSaidOtherwise() {
        PortSpec spec = PortSpec.parse("unix:/tmp/vm.sock", 2);

        assertThat(spec.kind()).isEqualTo(PortSpec.Kind.UNIX);
        assertThat(spec.where()).isEqualTo("/tmp/vm.sock");
        assertThat(spec.promiscuous()).isFalse();
        assertThat(spec.port())
                .isEqualTo(new OutsidePort(
                        "port2",
                        OutsidePort.Place.GUEST,
                        MacAddress.parse("02:00:00:00:02:02"),
                        Optional.empty()));
    }

    @Test
    void optionsSayWhatIsTrustedAndWhereItIs() {
        PortSpec spec = PortSpec.parse(
                "packet:va,mac=02:00:00:00:00:99,ip=10.0.0.99,outside,promiscuous", 1);

        assertThat(spec.port())
                .isEqualTo(new OutsidePort(
                        "port1",
                        OutsidePort.Place.OUTSIDE,
                        MacAddress.parse("02:00:00:00:00:99"),
                        Optional.of(Ipv4Address.parse("10.0.0.99"))));
        assertThat(spec.promiscuous()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "serial:/dev/ttyS0|begins with none of unix:",
                "unix|says nothing behind 'unix:'",
                "unix:|says nothing behind 'unix:'",
                "udp:1|is not udp:LOCALPORT:REMOTEPORT",
                "udp:0:5|has the port 0",
                "udp:5:65536|has the port 65536",
                "packet:va,mac=1|is refused: '1' is not a MAC address",
                "packet:va,mac=ff:ff:ff:ff:ff:ff|cannot have the address",
                "packet:va,ip=10.0.0|is refused",
                "packet:va,inside|has 'inside', not one of mac=, ip=, outside, promiscuous",
                "packet:va,outside=yes|has 'outside=yes'",
            })
    void whatIsWrongIsRefusedByName(String text, String message) {
        assertThatThrownBy(() -> PortSpec.parse(text, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--attach '" + text + "' ")
                .hasMessageContaining(message);
    }
}
