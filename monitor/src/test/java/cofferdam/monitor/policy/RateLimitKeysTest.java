package cofferdam.monitor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class RateLimitKeysTest {

    private static Policy parse(String keys) throws InvalidFileException {
        String text = "policy: p\nsummary: s\n%s\n".formatted(keys);
        return PolicyFile.parse("p.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            monitor: {type: I}                                       | 0        | 0
            monitor: {type: I}, disk: {rate-limit: 4MiB}             | 4194304  | 0
            monitor: {type: I}, network: {rate-limit: 1500kbit}      | 0        | 1500000
            monitor: {type: physical}, network: {rate-limit: 10Mbit} | 0        | 10000000
            based-on: hardened                                       | 8388608  | 2000000
            based-on: hardened, disk: {rate-limit: off}              | 0        | 2000000
            based-on: hardened, network: {rate-limit: off}           | 8388608  | 0
            based-on: hardened, disk: {lock: false}                  | 8388608  | 2000000
            """)
    void limitsAreReadInheritedAndWritten(String keys, long disk, long network)
            throws InvalidFileException {
        Policy policy = parse(keys.replace("}, ", "}\n").replace("hardened, ", "hardened\n"));

        assertThat(policy.disk().rateLimit()).isEqualTo(disk);
        assertThat(policy.network().rateLimit()).isEqualTo(network);
        byte[] written = PolicyFile.write(policy).getBytes(StandardCharsets.UTF_8);
        assertThat(PolicyFile.parse("w.yaml", written)).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            disk: {rate-limit: 0MiB}       | disk.rate-limit '0MiB' is not from 1MiB to 1024MiB
            disk: {rate-limit: 2000MiB}    | disk.rate-limit '2000MiB' is not from 1MiB to 1024MiB
            disk: {rate-limit: 4Mbit}      | disk.rate-limit '4Mbit' is not a size such as 4MiB
            network: {rate-limit: 63kbit}  | network.rate-limit '63kbit' is not from 64kbit to 100Gbit
            network: {rate-limit: 101Gbit} | network.rate-limit '101Gbit' is not from 64kbit to 100Gbit
            network: {rate-limit: 4MiB}    | network.rate-limit '4MiB' is not a rate such as 10Mbit
            network: {rate-limit: 'false'} | network.rate-limit 'false' is not a rate such as 10Mbit
            """)
    void limitsOutOfRangeAreReported(String keys, String problem) {
        assertThatThrownBy(() -> parse("monitor: {type: I}\n" + keys))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(problem);
    }
}
