package cofferdam.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

final class AddressSlotsTest {

    @Test
    void capacityIsBounded() {
        assertThatThrownBy(() -> new AddressSlots(0)).hasMessageContaining("capacity of 0");
        assertThatThrownBy(() -> new AddressSlots(AddressSlots.MAXIMUM_CAPACITY + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void zeroIsNotFoundInAFreePlace() {
        assertThat(new AddressSlots(4).find(0)).isNegative();
    }

    @Test
    void renewalChangesPortAndTime() {
        AddressSlots slots = new AddressSlots(1);
        slots.put(~slots.find(7), 7, 63, 1);
        slots.renew(slots.find(7), 7, 0, 2);
        assertThat(slots.port(slots.find(7))).isZero();
        assertThat(slots.time(slots.find(7))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void slotsHoldWhatAMapHolds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int capacity = 1 + random.nextInt(64);
        AddressSlots slots = new AddressSlots(capacity);
        Map<Long, Integer> map = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            long address = 1 + random.nextInt(2 * capacity);
            int at = slots.find(address);
            assertThat(at >= 0)
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(map.containsKey(address));
            if (at >= 0 && random.nextBoolean()) {
                slots.remove(at);
                map.remove(address);
            } else if (at < 0 && map.size() < capacity) {
                int port = random.nextInt(64);
                slots.put(~at, address, port, step);
                map.put(address, port);
            }
            if (random.nextInt(500) == 0) {
                int port = random.nextInt(64);
                slots.removePort(port);
                map.values().removeIf(held -> held == port);
            }
        }
        Map<Long, Integer> held = new HashMap<>();
        slots.forEach((address, time) -> held.put(address, slots.port(slots.find(address))));
        assertThat(held).as("seed %d", seed).isEqualTo(map);
    }
}
