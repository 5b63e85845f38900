package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class NoticeEventsTest {

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final FakeGuest guest = FakeGuest.up();
    private final List<Event> events = new ArrayList<>();
    private final NoticeEvents notices = new NoticeEvents("vm1", guest, events::add);

    @Test
    void aBeatIsAHeartbeatOfTheGuestAtTheTimeOfTheHost() {
        notices.accept(new Notice("beat", List.of("12", DIGEST)));

        assertThat(events)
                .containsExactly(new Event.Heartbeat(guest.now(), "vm1", "heartbeat", 12, DIGEST));
    }

    @Test
    void aChangeInTheArpCacheIsANeighbourChanged() {
        notices.accept(new Notice("arp", List.of("10.0.0.1", "02:00:00:00:00:01")));

        assertThat(events)
                .containsExactly(new Event.NeighbourChanged(
                        guest.now(),
                        "vm1",
                        Ipv4Address.parse("10.0.0.1"),
                        MacAddress.parse("02:00:00:00:00:01"),
                        "as /proc/net/arp has it"));
    }

    @Test
    void aLookAtTheArpCacheIsOneAtTheTimeOfTheHost() {
        notices.accept(new Notice("watched", List.of("arp", "25")));

        assertThat(events).containsExactly(new Event.CacheWatched(guest.now(), "vm1", 25));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "beat",
                "beat 1",
                "beat 0 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "beat 01 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "beat -1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "beat 9999999999999999 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "beat 1 0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
                "beat 1 0123456789abcdef",
                "beat 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef 2",
                "arp 10.0.0.1",
                "arp 10.0.0.256 02:00:00:00:00:01",
                "arp 10.0.0.1 02:00:00:00:00",
                "arp 10.0.0.1 <incomplete>",
                "watched arp 0",
                "watched arp x",
                "watched other 1",
                "other 1 2",
            })
    void anythingElseIsNoEvent(String text) {
        List<String> words = Arrays.asList(text.split(" ", -1));
        notices.accept(new Notice(words.getFirst(), words.subList(1, words.size())));

        assertThat(events).isEmpty();
    }
}
