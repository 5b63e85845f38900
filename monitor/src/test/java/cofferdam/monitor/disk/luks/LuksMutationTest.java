package cofferdam.monitor.disk.luks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.PlainRange;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

class LuksMutationTest {

    private static final int ROUNDS = System.getProperty("cofferdam.sweep") == null ? 500 : 20_000;
    private static final UnlockLimits LITTLE = new UnlockLimits(100, 64 << 10, 128 << 10);
    private static final long SEED = 20;

    @Test
    void mutatedLuks1HeadersRaiseOnlyIoExceptions() {
        byte[] image = Arrays.copyOf(
                LuksHeader1.create(Luks2Sample.PASSPHRASE, new Random(1), 10).bytes(),
                LuksHeader1.SIZE + 512);
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutated = image.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = 8 + random.nextInt(584);
                mutated[at] = random.nextInt(3) == 0 ? (byte) 0xff : (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(mutated.length) : mutated.length;
            examine(Arrays.copyOf(mutated, length), round);
        }
    }

    @Test
    void mutatedLuks2HeadersRaiseOnlyIoExceptions() throws Exception {
        Luks2Sample sample = new Luks2Sample();
        String json = sample.json().replace("1000", "10");
        Random random = new Random(SEED);
        String alphabet = "{}[]\",:0123456789-aeE\\\u0000\u00e9.";
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder mutated = new StringBuilder(json);
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(mutated.length());
                char octet = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> mutated.setCharAt(at, octet);
                    case 1 -> mutated.insert(at, octet);
                    default ->
                        mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(9)));
                }
            }
            byte[] image = sample.json(mutated.toString()).bytes();
            int length = random.nextInt(8) == 0 ? random.nextInt(image.length) : image.length;
            examine(Arrays.copyOf(image, length), round);
        }
    }

    @Test
    void mutatedBinaryHeadersRaiseOnlyIoExceptions() throws Exception {
        byte[] image = new Luks2Sample().bytes();
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutated = image.clone();
            mutated[random.nextInt(520)] = (byte) random.nextInt(256);
            mutated[16_384 + random.nextInt(520)] = (byte) random.nextInt(256);
            examine(mutated, round);
        }
    }

    private static void examine(byte[] image, int round) {
        String name = "seed %d, round %d".formatted(SEED, round);
        try {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> look(image, round % 8 == 0), name);
        } catch (RuntimeException | StackOverflowError e) {
            fail(name, e);
        }
    }

    private static void look(byte[] image, boolean unlock) {
        ByteSource source = ByteSource.of(image);
        try {
            if (!LuksVolume.recognises(source)) {
                return;
            }
            LuksVolume volume = LuksVolume.open(source);
            long end = 0;
            for (PlainRange range : volume.plainRanges()) {
                assertThat(range.offset()).isGreaterThanOrEqualTo(end);
                assertThat(range.length()).isPositive();
                end = range.offset() + range.length();
            }
            assertThat(end).isLessThanOrEqualTo(image.length);
            // Merging stripes takes most of the time of a round.
            if (unlock
                    && volume.unlock(Luks2Sample.PASSPHRASE, LITTLE)
                            instanceof Unlocking.Unlocked unlocked) {
                ByteSource payload = unlocked.payload();
                payload.read(0, (int) Math.min(payload.size(), 512));
            }
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }
}
