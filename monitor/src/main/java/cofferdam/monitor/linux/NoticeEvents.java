package cofferdam.monitor.linux;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Makes events of what a guest says by itself, at the time of the host's clock: {@code beat NUMBER
 * DIGEST} is a heartbeat, {@code arp ADDRESS HARDWARE} a change in its ARP cache, {@code watched arp
 * NUMBER} says that it has looked at that so often. What is none of these is left out.
 */
final class NoticeEvents implements Consumer<Notice> {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,14}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String PROCESS = "heartbeat";
    private static final String CAUSE = "as /proc/net/arp has it";

    private final String machine;
    private final Timeline time;
    private final Consumer<Event> events;

    NoticeEvents(String machine, Timeline time, Consumer<Event> events) {
        this.machine = machine;
        this.time = time;
        this.events = events;
    }

    @Override
    public void accept(Notice notice) {
        List<String> words = notice.words();
        if (words.size() != 2) {
            return;
        }
        event(notice.kind(), words.getFirst(), words.getLast()).ifPresent(events);
    }

    private Optional<Event> event(String kind, String first, String second) {
        return switch (kind) {
            case "beat" -> heartbeat(first, second);
            case "arp" -> neighbour(first, second);
            case "watched" -> watched(first, second);
            default -> Optional.empty();
        };
    }

    private Optional<Event> heartbeat(String number, String digest) {
        return NUMBER.matcher(number).matches() && DIGEST.matcher(digest).matches()
                ? Optional.of(new Event.Heartbeat(
                        time.now(), machine, PROCESS, Long.parseLong(number), digest))
                : Optional.empty();
    }

    private Optional<Event> watched(String cache, String number) {
        return cache.equals("arp") && NUMBER.matcher(number).matches()
                ? Optional.of(new Event.CacheWatched(time.now(), machine, Long.parseLong(number)))
                : Optional.empty();
    }

    private Optional<Event> neighbour(String address, String hardware) {
        try {
            return Optional.of(new Event.NeighbourChanged(
                    time.now(),
                    machine,
                    Ipv4Address.parse(address),
                    MacAddress.parse(hardware),
                    CAUSE));
        } catch (IllegalArgumentException neither) {
            return Optional.empty();
        }
    }
}
