package cofferdam.analysis;

import cofferdam.analysis.evidence.Hearing;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.PacketContent;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Unpadded;
import cofferdam.analysis.evidence.Vantage;
import cofferdam.monitor.evidence.Event;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks in an observer's capture for packets of two others: those that go from one's address to the
 * other's, and those that name an exchange between the two, by whatever addresses and under however
 * many VLAN tags they go. What a party itself sent to all is no secret, and neither is what finds
 * neighbours. What the observer received of them is
 * either a flood that a correct switch makes, or a leak, or a packet that its sender's capture does
 * not have and so proves nothing.
 */
final class LeakSearch {

    private final Machine observer;
    private final boolean floodsAllowed;
    private final Pointers leaks = new Pointers();
    private final Map<Unpadded, Long> ownFrames = new HashMap<>();
    private final Set<String> exchanges = new HashSet<>();
    private final Set<PacketContent> known = new HashSet<>();
    private int unexplained;

    private LeakSearch(Run run, Pair subjects, Machine observer, boolean floodsAllowed) {
        subjects.flows(run).forEach(flow -> exchanges.add(flow.id()));
        run.events(Event.FlowStarted.class).stream()
                .filter(start -> subjects.areThese(start.actor(), start.subject()))
                .forEach(start -> exchanges.add(start.flow().value()));
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
        LeakSearch search = new LeakSearch(run, subjects, observer, floodsAllowed);
        run.readable(observer).ifPresent(seen -> {
            search.collectOwn(seen);
            subjects.directions().forEach(direction -> search.collectSaid(run, direction));
            subjects.directions().forEach(direction -> search.search(run, direction, seen));
            search.countUnexplained(subjects, seen);
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

    /** What a subject said to the other, or to all, is accounted for. */
    private void collectSaid(Run run, Pair direction) {
        for (SeenFrame frame : outbound(run, direction)) {
            if (frame.content() instanceof PacketContent packet
                    && (frame.isToGroup() || isOf(packet, direction))) {
                known.add(packet);
            }
        }
    }

    private static List<SeenFrame> outbound(Run run, Pair direction) {
        return run.readable(direction.one()).map(Vantage::outbound).orElse(List.of());
    }

    private void search(Run run, Pair direction, Vantage seen) {
        Map<PacketContent, NavigableSet<Long>> sent = sent(run, direction);
        Hearing hearing = new Hearing(run, direction.other());
        String comment = "%s -> %s seen by %s"
                .formatted(direction.one().name(), direction.other().name(), observer.name());
        for (SeenFrame frame : seen.inbound()) {
            NavigableSet<Long> times =
                    frame.content() instanceof PacketContent packet ? sent.get(packet) : null;
            if (times != null
                    && !isOwn(frame)
                    && !isExpected(frame, times, direction.other(), hearing)) {
                leaks.add(seen, frame, comment);
            }
        }
    }

    private void countUnexplained(Pair subjects, Vantage seen) {
        for (SeenFrame frame : seen.inbound()) {
            if (frame.content() instanceof PacketContent packet
                    && !known.contains(packet)
                    && subjects.directions().stream().anyMatch(direction -> isOf(packet, direction))
                    && !isOwn(frame)) {
                unexplained++;
            }
        }
    }

    private boolean isOf(PacketContent packet, Pair direction) {
        return !packet.isDiscovery()
                && (packet.goes(direction.one(), direction.other()) || packet.names(exchanges));
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

    private Map<PacketContent, NavigableSet<Long>> sent(Run run, Pair direction) {
        Map<PacketContent, NavigableSet<Long>> sent = new HashMap<>();
        for (SeenFrame frame : outbound(run, direction)) {
            if (!frame.isToGroup()
                    && frame.content() instanceof PacketContent packet
                    && isOf(packet, direction)) {
                sent.computeIfAbsent(packet, key -> new TreeSet<>()).add(frame.time());
            }
        }
        return sent;
    }
}
