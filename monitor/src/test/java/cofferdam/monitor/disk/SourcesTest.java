package cofferdam.monitor.disk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** Sources that stand before others. */
final class SourcesTest {

    @Test
    void aPagedSourceReadsWhatTheSourceHas() throws IOException {
        byte[] bytes = Oracle.disk(20_001);
        ByteSource paged = new PagedSource(ByteSource.of(bytes));
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            int from = random.nextInt(bytes.length);
            int count = random.nextInt(Math.min(9000, bytes.length - from + 1));

            assertThat(paged.read(from, count))
                    .as("%d bytes at %d", count, from)
                    .isEqualTo(Arrays.copyOfRange(bytes, from, from + count));
        }
        assertThat(Refused.kind(() -> paged.read(20_000, 2))).isEqualTo(CommonProblem.TRUNCATED);
    }

    @Test
    void aPagedSourceFetchesATablePageByPage() throws IOException {
        long limit = 3 * 4096;
        ByteSource paged =
                new PagedSource(new MeteredSource(ByteSource.of(new byte[3 * 4096]), limit));

        for (int at = 0; at < 3 * 4096; at += 4) {
            assertThat(paged.read(at, 4)).isEqualTo(new byte[4]);
        }
    }

    @Test
    void aPaddedSourceEndsInZerosOrEarly() throws IOException {
        ByteSource source = ByteSource.of(new byte[] {1, 2, 3});

        assertThat(new PaddedSource(source, 5).read(1, 4)).containsExactly(2, 3, 0, 0);
        assertThat(new PaddedSource(source, 5).read(4, 1)).containsExactly(0);
        assertThat(new PaddedSource(source, 2).read(0, 2)).containsExactly(1, 2);
        assertThat(Refused.kind(() -> new PaddedSource(source, 2).read(0, 3)))
                .isEqualTo(CommonProblem.TRUNCATED);
        assertThat(PaddedSource.zeros(1L << 40).read(1L << 39, 2)).containsExactly(0, 0);
    }
}
