package cofferdam.monitor.guest.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

class SendBufferTest {

    private final SendBuffer buffer = new SendBuffer();

    @Test
    void keepsWhatWasAppendedUntilItIsDropped() {
        assertThat(buffer.append(new byte[] {1, 2, 3, 4}, 1)).isEqualTo(3);

        assertThat(buffer.copy(1, 2)).containsExactly(3, 4);
        buffer.drop(2);
        assertThat(buffer.length()).isEqualTo(1);
        assertThat(buffer.copy(0, 1)).containsExactly(4);
    }

    @Test
    void takesNoMoreThanItsCapacity() {
        byte[] much = new byte[SendBuffer.CAPACITY + 10];

        assertThat(buffer.append(much, 0)).isEqualTo(SendBuffer.CAPACITY);
        assertThat(buffer.append(much, 0)).isZero();

        buffer.drop(7);
        assertThat(buffer.append(much, 0)).isEqualTo(7);
    }

    @Test
    void actsAsAQueueOfBytesForRandomUse() {
        SplittableRandom random = new SplittableRandom(5);
        byte[] stream = new byte[200_000];
        random.nextBytes(stream);
        int appended = 0;
        int dropped = 0;
        while (dropped < stream.length) {
            byte[] part = Arrays.copyOfRange(
                    stream, appended, Math.min(stream.length, appended + random.nextInt(4000)));
            appended += buffer.append(part, 0);
            int count = random.nextInt(buffer.length() + 1);
            assertThat(buffer.copy(0, count))
                    .isEqualTo(Arrays.copyOfRange(stream, dropped, dropped + count));
            buffer.drop(count);
            dropped += count;
        }
        assertThat(buffer.length()).isZero();
    }
}
