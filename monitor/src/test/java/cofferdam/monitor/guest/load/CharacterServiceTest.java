package cofferdam.monitor.guest.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

final class CharacterServiceTest {

    private final CharacterService service = new CharacterService();

    private List<byte[]> answers(byte[] request) {
        List<byte[]> answers = new ArrayList<>();
        service.received(request, answers::add);
        return answers;
    }

    @Test
    void aRequestGetsAsManyAsItAsksForAndTheLastSaysSo() {
        List<byte[]> answers = answers(CharacterService.request(7, 3));

        assertThat(answers)
                .hasSize(3)
                .allSatisfy(answer -> assertThat(answer).hasSize(CharacterService.DATAGRAM_BYTES));
        assertThat(NumberedText.number(CharacterService.LAST, answers.get(2))).isEqualTo(7);
        assertThat(NumberedText.number(CharacterService.LAST, answers.get(1))).isEqualTo(-1);
    }

    @Test
    void noRequestGetsMoreThanTheMost() {
        assertThat(answers(CharacterService.request(1, 999_999)))
                .hasSize(CharacterService.MAXIMUM_DATAGRAMS);
        assertThat(answers(CharacterService.request(1, 0))).isEmpty();
    }

    @Test
    void anythingElseGetsNothing() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = CharacterService.request(1, 2);
        for (int length = 0; length < good.length; length++) {
            assertThat(answers(Arrays.copyOf(good, length))).isEmpty();
        }
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            assertThat(answers(bytes))
                    .as("seed %d", seed)
                    .hasSizeLessThanOrEqualTo(CharacterService.MAXIMUM_DATAGRAMS);
        }
        assertThat(answers("chargen".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    }
}
