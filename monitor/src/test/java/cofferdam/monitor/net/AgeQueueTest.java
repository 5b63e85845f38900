package cofferdam.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

final class AgeQueueTest {

    @Test
    void lowestAddressIsFirstOfThoseOfTheSameTime() {
        AgeQueue queue = new AgeQueue(3);
        queue.add(5, 1);
        queue.add(3, 1);
        queue.add(4, 1);
        assertThat(queue.firstAddress()).isEqualTo(3);
    }

    @Test
    void clearedQueueIsEmpty() {
        AgeQueue queue = new AgeQueue(1);
        queue.add(5, 1);
        queue.clear();
        assertThat(queue.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void queueDoesWhatAPlainOneDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AgeQueue queue = new AgeQueue(100);
        PriorityQueue<Item> plain = new PriorityQueue<>(
                Comparator.comparingLong(Item::time).thenComparingLong(Item::address));
        for (int step = 0; step < 20_000; step++) {
            int choice = random.nextInt(3);
            if (choice == 0 && plain.size() < 100) {
                Item item = new Item(step, random.nextInt(50));
                queue.add(item.address(), item.time());
                plain.add(item);
            } else if (choice == 1 && !plain.isEmpty()) {
                queue.removeFirst();
                plain.remove();
            } else if (!plain.isEmpty()) {
                Item item = plain.remove();
                long later = item.time() + random.nextInt(20);
                plain.add(new Item(item.address(), later));
                queue.postponeFirst(later);
            }
            assertThat(queue.size()).as("seed %d, step %d", seed, step).isEqualTo(plain.size());
            Item first = plain.peek();
            if (first != null) {
                assertThat(new Item(queue.firstAddress(), queue.firstTime()))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(first);
            }
        }
    }

    private record Item(long address, long time) {}
}
