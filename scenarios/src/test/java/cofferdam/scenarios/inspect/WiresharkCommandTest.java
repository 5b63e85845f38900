package cofferdam.scenarios.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class WiresharkCommandTest {

    @Test
    void framesThatFollowEachOtherAreOneRange() {
        assertThat(WiresharkCommand.filter(List.of(26, 28, 29, 30)))
                .isEqualTo("frame.number in {26, 28..30}");
        assertThat(WiresharkCommand.filter(List.of(1, 2))).isEqualTo("frame.number in {1..2}");
        assertThat(WiresharkCommand.filter(List.of(7))).isEqualTo("frame.number in {7}");
    }

    @Test
    void whatTheShellWouldReadOtherwiseIsQuoted() {
        assertThat(WiresharkCommand.open("a/b.pcapng", "tcp"))
                .isEqualTo("wireshark -r a/b.pcapng -Y tcp");
        assertThat(WiresharkCommand.open("it's $HOME", "a == 1"))
                .isEqualTo("wireshark -r 'it'\\''s $HOME' -Y 'a == 1'");
    }
}
