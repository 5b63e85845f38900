package cofferdam.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.policy.NetworkPolicy.WhenFull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** A whole switch against a model of it in a few lines. */
final class LearningSwitchTest {

    private static final List<String> PORTS = List.of("vm1", "vm2", "vm3", "uplink");
    private static final int SIZE = 12;

    private final Map<MacAddress, Heard> model = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void framesGoWhereTheModelSays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Bed bed = new Bed(Policies.open().macTable(SIZE, WhenFull.FLOOD));
        for (int step = 0; step < 5_000; step++) {
            bed.timeline.pass(
                    Duration.ofSeconds(random.nextInt(random.nextInt(20) == 0 ? 200 : 3)));
            String from = PORTS.get(random.nextInt(PORTS.size()));
            if (random.nextInt(200) == 0) {
                bed.port(from).linkDown();
                model.values().removeIf(heard -> heard.port().equals(from));
            }
            MacAddress source = station(random);
            MacAddress destination = station(random);
            assertThat(bed.send(from, source, destination))
                    .as("seed %d, step %d: %s to %s", seed, step, source, destination)
                    .isEqualTo(expected(from, source, destination, bed.timeline.now()));
        }
    }

    private Set<String> expected(String from, MacAddress source, MacAddress destination, long now) {
        model.values().removeIf(heard -> now - heard.time() >= Policies.AGEING.toNanos());
        boolean station = !source.isGroup() && source.value() != 0;
        if (station && (model.containsKey(source) || model.size() < SIZE)) {
            model.put(source, new Heard(from, now));
        }
        Heard heard = destination.isGroup() ? null : model.get(destination);
        Set<String> ports = new TreeSet<>(heard == null ? PORTS : List.of(heard.port()));
        ports.remove(from);
        return ports;
    }

    private static MacAddress station(SplittableRandom random) {
        return switch (random.nextInt(20)) {
            case 0 -> MacAddress.BROADCAST;
            case 1 -> Bed.MULTICAST;
            case 2 -> new MacAddress(0);
            default -> new MacAddress(0x02_00_00_00_00_00L + random.nextInt(16));
        };
    }

    private record Heard(String port, long time) {}
}
