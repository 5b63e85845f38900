package cofferdam.analysis;

import cofferdam.analysis.evidence.Hearing;
import cofferdam.analysis.evidence.Ipv4Content;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Unpadded;
import cofferdam.analysis.evidence.Vantage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Looks in an observer's capture for packets of two others. What the observer received of them is
 * either a flood that a correct switch makes, or a leak, or a packet that its sender's capture does
 * not have and so proves nothing.
 */
final class LeakSearch {

    private final Machine observer;
    private final boolean floodsAllowed;
    private final Pointers leaks = new Pointers();
    private final Map<Unpadded, Long> ownFrames = new HashMap<>();
    private int unexplained;

    private LeakSearch(Machine observer, boolean floodsAllowed) {
        this.observer = observer;
        this.floodsAllowed = floodsAllowed;
    }

    /**
     * Searches with what captures there are.
     *
     * @param floodsAllowed whether the observer is on the subjects' segment, where switches may
     *     flood
     */
    static LeakSearch through(Run run, Pair subjects, Machine observer, boolean floodsAllowed) {
        LeakSearch search = new LeakSearch(observer, floodsAllowed);
        run.readable(observer).ifPresent(seen -> {
            search.collectOwn(seen);
            subjects.directions().forEach(direction -> search.search(run, direction, seen));
        });
        return search;
    }

    Pointers leaks() {
        return leaks;
    }

    /** Packets of the subjects that the observer received and no subject is known to have sent. */
    int unexplained() {
        return unexplained;
    }

    private void collectOwn(Vantage seen) {
        for (SeenFrame frame : seen.outbound()) {
            if (frame.from(observer.mac())) {
                ownFrames.putIfAbsent(frame.unpadded(), frame.time());
            }
        }
    }

    private void search(Run run, Pair direction, Vantage seen) {
        Map<Ipv4Content, NavigableSet<Long>> sent = sent(run, direction);
        Hearing hearing = new Hearing(run, direction.other());
        String comment = "%s -> %s seen by %s"
                .formatted(direction.one().name(), direction.other().name(), observer.name());
        for (SeenFrame frame : seen.inbound()) {
            if (!isOf(frame, direction) || isOwn(frame)) {
                continue;
            }
            NavigableSet<Long> times = sent.get(frame.content());
            if (times == null) {
                unexplained++;
            } else if (!isExpected(frame, times, direction.other(), hearing)) {
                leaks.add(seen, frame, comment);
            }
        }
    }

    private static boolean isOf(SeenFrame frame, Pair direction) {
        return frame.content() instanceof Ipv4Content packet
                && packet.goes(direction.one().address(), direction.other().address());
    }

    /** Whether it is a frame under the observer's own address that came back to it. */
    private boolean isOwn(SeenFrame frame) {
        if (!frame.from(observer.mac())) {
            return false;
        }
        Long sent = ownFrames.get(frame.unpadded());
        return sent != null && sent <= frame.time();
    }

    private boolean isExpected(
            SeenFrame frame, NavigableSet<Long> times, Machine receiver, Hearing hearing) {
        Long before = times.floor(frame.time());
        long sent = before == null ? times.first() : before;
        return floodsAllowed && frame.to(receiver.mac()) && !hearing.known(sent);
    }

    private static Map<Ipv4Content, NavigableSet<Long>> sent(Run run, Pair direction) {
        Map<Ipv4Content, NavigableSet<Long>> sent = new HashMap<>();
        List<SeenFrame> frames =
                run.readable(direction.one()).map(Vantage::outbound).orElse(List.of());
        for (SeenFrame frame : frames) {
            if (isOf(frame, direction) && frame.content() instanceof Ipv4Content packet) {
                sent.computeIfAbsent(packet, key -> new TreeSet<>()).add(frame.time());
            }
        }
        return sent;
    }
}
