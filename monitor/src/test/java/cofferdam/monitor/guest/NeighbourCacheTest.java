package cofferdam.monitor.guest;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.guest.tcp.VirtualTime;
import cofferdam.monitor.packet.Ipv4Packet;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class NeighbourCacheTest {

    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final Ipv4Address OWN = Ipv4Address.parse("10.0.0.1");

    private final VirtualTime time = new VirtualTime();
    private final List<byte[]> sent = new ArrayList<>();
    private final List<Ipv4Address> unreachable = new ArrayList<>();
    private final NeighbourCache<Ipv4Address, Ipv4Packet> cache = new NeighbourCache<>(
            new ArpMedium(new Link(MAC, sent::add), OWN),
            time,
            Duration.ofSeconds(30),
            new Listener());

    private final class Listener implements NeighbourCache.Listener<Ipv4Address> {
        @Override
        public void changed(Ipv4Address address, MacAddress hardware, String cause) {}

        @Override
        public void unreachable(Ipv4Address address) {
            unreachable.add(address);
        }
    }

    private static Ipv4Address address(int number) {
        return new Ipv4Address(OWN.value() + number);
    }

    private void send(int number) {
        cache.send(address(number), new Ipv4Packet(OWN, address(number), 1, 64, 17, new byte[0]));
    }

    private void announce(int number) {
        cache.findOrCreate(address(number))
                .ifPresent(entry -> entry.update(MAC, NeighbourState.STALE, true, "test"));
    }

    @Test
    void reportsWhomNobodyAnswersFor() {
        send(5);
        time.pass(Duration.ofSeconds(4));

        assertThat(unreachable).containsExactly(address(5));
    }

    @Test
    void entryThatChangedLongestAgoMakesRoom() {
        for (int i = 1; i <= NeighbourCache.MAXIMUM_ENTRIES; i++) {
            announce(i);
            time.pass(Duration.ofMillis(1));
        }
        announce(1_000_000);

        assertThat(cache.find(address(1))).isEmpty();
        assertThat(cache.find(address(2))).isPresent();
        assertThat(cache.find(address(1_000_000))).isPresent();
    }

    @Test
    void cacheFullOfEntriesInUseTakesNoMore() {
        for (int i = 1; i <= NeighbourCache.MAXIMUM_ENTRIES; i++) {
            send(i);
        }
        sent.clear();
        send(1_000_000);

        assertThat(sent).isEmpty();
        assertThat(cache.find(address(1_000_000))).isEmpty();
    }

    @Test
    void flushForgetsEverything() {
        announce(1);
        send(2);
        cache.flush();
        time.pass(Duration.ofSeconds(10));

        assertThat(cache.find(address(1))).isEmpty();
        assertThat(cache.find(address(2))).isEmpty();
        assertThat(unreachable).isEmpty();
    }
}
