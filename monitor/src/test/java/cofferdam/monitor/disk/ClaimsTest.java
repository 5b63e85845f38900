package cofferdam.monitor.disk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.Random;

final class ClaimsTest {

    @Test
    void neighboursDoNotOverlapAndSharedSectorsDo() {
        Claims claims = new Claims(1 << 20);

        assertThat(claims.claim(512, 1024)).isTrue();
        assertThat(claims.claim(0, 512)).isTrue();
        assertThat(claims.claim(1536, 512)).isTrue();
        assertThat(claims.claim(1024, 512)).isFalse();
        assertThat(claims.claim(1536, 1 << 19)).isFalse();
    }

    @Test
    void whatLiesPastTheEndDoesNotCount() {
        Claims claims = new Claims(1000);

        assertThat(claims.claim(512, Long.MAX_VALUE)).isTrue();
        assertThat(claims.claim(999, 1)).isTrue();
        assertThat(claims.claim(512, 488)).isFalse();
        assertThat(claims.claim(5000, 512)).isTrue();
        assertThat(claims.claim(5000, 512)).isTrue();
    }

    @Test
    void inFilesOfAnySizeOnlyTrueOverlapsAreSo() {
        long size = 1L << 42;
        Claims claims = new Claims(size);

        assertThat(claims.claim(size - (1 << 16), 1 << 16)).isTrue();
        assertThat(claims.claim(size - (1 << 16), 1 << 16)).isFalse();
        assertThat(claims.claim(512, 512)).isTrue();
        assertThat(claims.claim(1024, 512)).isTrue();
    }

    @Test
    void claimsAgreeWithASetOfSectors() {
        Random random = new Random(7);
        Claims claims = new Claims(300_000L * 512);
        BitSet sectors = new BitSet();
        for (int i = 0; i < 2000; i++) {
            int from = random.nextInt(300_000);
            int count = 1 + random.nextInt(i % 50 == 0 ? 100_000 : 60);
            int to = Math.min(300_000, from + count);
            int taken = sectors.nextSetBit(from);
            boolean free = taken < 0 || taken >= to;

            assertThat(claims.claim(from * 512L, count * 512L))
                    .as("claim %d", i)
                    .isEqualTo(free);
            sectors.set(from, free ? to : taken);
        }
    }
}
