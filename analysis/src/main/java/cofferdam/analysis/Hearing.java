package cofferdam.analysis;

import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Vantage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When a machine has made itself known to the switches, by frames from its own address that it really
 * sent. A correct switch floods what is for a machine that it has not heard.
 */
final class Hearing {

    /** How long a switch remembers (IEEE Std 802.1Q, table 8-6, the default ageing time). */
    static final Duration AGEING = Duration.ofSeconds(300);

    private final TreeSet<Long> times = new TreeSet<>();

    Hearing(Run run, Machine machine) {
        Optional<Vantage> vantage = run.readable(machine);
        List<SeenFrame> sent = vantage.map(Vantage::outbound).orElse(List.of());
        for (SeenFrame frame : sent) {
            if (frame.from(machine.mac())) {
                times.add(frame.time());
            }
        }
    }

    /**
     * Whether switches knew the machine when a frame for it was sent. The time of sending counts, not
     * that of arrival: while the frame was in flight, the machine may have spoken.
     */
    boolean known(long sent) {
        Long last = times.floor(sent);
        return last != null && sent - last <= AGEING.toNanos();
    }
}
