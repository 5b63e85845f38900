package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.packet.Ethernet;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class ListeningTestTest {

    private static final MacAddress ONE = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:02");

    private final FakeGuest time = FakeGuest.up();
    private final List<byte[]> sent = new ArrayList<>();
    private final FrameSink line =
            (buffer, offset, length) -> sent.add(Arrays.copyOfRange(buffer, offset, length));
    private final ListeningTest test = new ListeningTest(time, List.of(ONE, OTHER), line);

    /** Hears what was sent meanwhile and is for one of these addresses. */
    private boolean heard(MacAddress... addresses) {
        for (byte[] frame : List.copyOf(sent)) {
            if (List.of(addresses).contains(Ethernet.destination(frame))) {
                assertThat(test.takes(frame)).isTrue();
            }
        }
        return true;
    }

    @Test
    void anInterfaceThatHearsAllOfThemPasses() {
        assertThat(test.passes(() -> heard(ONE, OTHER))).isTrue();
    }

    @Test
    void anInterfaceThatHearsNothingDoesNotPass() {
        assertThat(test.passes(() -> true)).isFalse();
        assertThat(sent).hasSizeGreaterThan(2);
    }

    @Test
    void anInterfaceThatHearsOnlyOneOfThemDoesNotPass() {
        assertThat(test.passes(() -> heard(ONE))).isFalse();
    }

    @Test
    void framesOfAnEarlierTestDoNotCount() {
        test.passes(() -> heard(ONE, OTHER));
        List<byte[]> earlier = List.copyOf(sent);
        sent.clear();

        assertThat(test.passes(() -> {
                    earlier.forEach(test::takes);
                    return true;
                }))
                .isFalse();
    }

    @Test
    void nobodyIsWaitedForWhoIsGone() {
        long before = time.now();

        assertThat(test.passes(() -> false)).isFalse();
        assertThat(time.now()).isEqualTo(before);
    }

    @Test
    void otherFramesAreNoneOfTheTest() {
        assertThat(test.takes(Ethernet.frame(ONE, OTHER, Ethernet.IPV4, new byte[46])))
                .isFalse();
        assertThat(test.takes(new byte[3])).isFalse();
    }

    @Test
    void aTestOfNothingShowsNothing() {
        assertThat(new ListeningTest(time, List.of(), line).passes(() -> true)).isFalse();
    }
}
