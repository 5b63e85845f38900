package cofferdam.monitor.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusMasterTest {

    private final TestMemory memory = new TestMemory(8192);
    private final BusMaster master = new BusMaster(memory);

    @ParameterizedTest
    @CsvSource({
        "0, 8192, true",
        "8191, 1, true",
        "8192, 0, true",
        "8191, 2, false",
        "8192, 1, false",
        "-1, 1, false",
        "-1, 2, false",
        "9223372036854775807, 1, false",
        "-9223372036854775808, 1, false",
        "0, 8193, false"
    })
    void onlyWhatIsInMemoryIsReached(long address, int count, boolean reached) {
        assertThat(master.read(address, new byte[count], count)).isEqualTo(reached);
        assertThat(master.write(address, new byte[count])).isEqualTo(reached);

        assertThat(memory.strays).isZero();
        assertThat(master.aborts()).isEqualTo(reached ? 0 : 2);
    }
}
