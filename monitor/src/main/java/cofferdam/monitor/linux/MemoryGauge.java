package cofferdam.monitor.linux;

import cofferdam.monitor.evidence.Event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Records twice a second how a guest's memory is used: as the guest says of itself, and as the host's
 * kernel says of the process that runs it. The latter is what a monitor that is such a process has,
 * and what the host's operating system sees.
 */
final class MemoryGauge {

    static final Duration INTERVAL = Duration.ofMillis(500);

    private static final String MONITOR = "monitor";
    private static final String NOTICE = "memory";
    private static final int WORDS = 4;
    private static final Pattern KIBIBYTES = Pattern.compile("0|[1-9][0-9]{0,9}");

    private final LinuxGuest guest;
    private final String host;

    /** @param host the machine whose operating system looks */
    MemoryGauge(LinuxGuest guest, String host) {
        this.guest = guest;
        this.host = host;
    }

    /** Looks from now on, whenever the guest runs. */
    void start() {
        look();
        guest.time().after(INTERVAL, this::start);
    }

    /** Takes what the guest says: {@code memory TOTAL FREE SWAP FREE}, in KiB. */
    void accept(Notice notice) {
        if (!notice.kind().equals(NOTICE) || notice.words().size() != WORDS) {
            return;
        }
        List<OptionalLong> amounts =
                notice.words().stream().map(MemoryGauge::bytes).toList();
        if (amounts.stream().allMatch(OptionalLong::isPresent)) {
            // What the guest says is held against what the host saw at that time.
            look();
            told(amounts.stream().mapToLong(OptionalLong::getAsLong).toArray());
        }
    }

    private static OptionalLong bytes(String kibibytes) {
        return KIBIBYTES.matcher(kibibytes).matches()
                ? OptionalLong.of(Long.parseLong(kibibytes) << 10)
                : OptionalLong.empty();
    }

    /** Of all that the guest was given, it says what is free; its kernel itself has some of the rest. */
    private void told(long... amounts) {
        long used = guest.memory() - amounts[1];
        long swapped = amounts[2] - amounts[3];
        boolean possible = amounts[1] <= amounts[0] && amounts[0] <= guest.memory() && swapped >= 0;
        if (possible) {
            record(guest.name(), used, used, 0, swapped);
        }
    }

    private void look() {
        if (!guest.isOn()) {
            return;
        }
        Optional<ResidentMemory> found = guest.resident();
        // What is larger than the guest is not its memory.
        found.filter(memory -> memory.size() <= guest.memory()).ifPresent(memory -> {
            record(MONITOR, memory.used(), memory.frames(), memory.shared(), 0);
            record(host, memory.used(), memory.used(), 0, 0);
        });
    }

    private void record(String actor, long used, long frames, long shared, long swapped) {
        guest.record(time -> new Event.MemorySampled(
                time, actor, guest.name(), guest.memory(), used, frames, shared, 0, swapped));
    }
}
