package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Event;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What the monitor says that its filters dropped. */
public final class Drops {

    /** Filters that can drop a frame for its source address, as it enters the fabric. */
    public static final Set<String> OF_SOURCES =
            Set.of("forged-transmits", "port-security", "mac-table");

    /** The filter that drops false ARP packets as they enter the fabric. */
    public static final Set<String> OF_ARP = Set.of("arp-inspection");

    /** The filter that keeps guests from each other, as a frame leaves the fabric. */
    public static final Set<String> OF_ISOLATION = Set.of("port-isolation");

    /** Filters that look at a frame's addresses, whatever it carries. */
    public static final Filter SOURCES = new Filter(OF_SOURCES, frame -> true);

    /** The filter that looks at ARP. */
    public static final Filter ARP =
            new Filter(OF_ARP, frame -> frame.content() instanceof ArpContent);

    /** The filter that looks at the source addresses of IP packets. */
    public static final Filter IP = new Filter(
            Set.of("ip-source-guard"), frame -> frame.content() instanceof PacketContent);

    /** Filters that look at VLAN tags. */
    public static final Filter TAGS = new Filter(Set.of("tagged", "vlan"), SeenFrame::isTagged);

    /** The filter that looks at EtherTypes. */
    public static final Filter PROTOCOLS =
            new Filter(Set.of("protocols"), frame -> !(frame.content() instanceof ArpContent));

    /** The filters that look at what a packet says about neighbours, routers and leases. */
    public static final Filter NEIGHBOURS =
            new Filter(Set.of("nd-inspection"), frame -> frame.content() instanceof PacketContent);

    public static final Filter ROUTERS =
            new Filter(Set.of("ra-guard"), frame -> frame.content() instanceof PacketContent);

    public static final Filter LEASES =
            new Filter(Set.of("dhcp-guard"), frame -> frame.content() instanceof PacketContent);

    /** What becomes of frames to a station that the fabric does not know. */
    public static final Filter UNKNOWN =
            new Filter(Set.of("unknown-unicast"), frame -> !frame.isToGroup());

    /** All of these. */
    public static final List<Filter> ALL =
            List.of(SOURCES, ARP, IP, TAGS, PROTOCOLS, NEIGHBOURS, ROUTERS, LEASES, UNKNOWN);

    private Drops() {}

    /**
     * Filters that work as frames enter the fabric.
     *
     * @param names policy keys
     * @param takes which frames they can drop at all
     */
    public record Filter(Set<String> names, Predicate<SeenFrame> takes) {
        public Filter {
            names = Set.copyOf(names);
        }
    }

    /**
     * How many of these frames the filters dropped at the machine's port at the very least: of each
     * filter no more than it dropped, and no more than there are that it looks at; and whatever else
     * of the machine was lost, and one of them can have dropped, was not dropped instead.
     *
     * @param others what else the machine sent and nobody received
     */
    public static long explained(
            Run run,
            String machine,
            Collection<SeenFrame> frames,
            Collection<SeenFrame> others,
            List<Filter> filters) {
        long explained = 0;
        long dropped = 0;
        Predicate<SeenFrame> suspected = frame -> false;
        for (Filter filter : filters) {
            long counted = at(run, machine, filter.names());
            long taken = count(frames, filter.takes());
            explained += Math.min(taken, counted);
            dropped += Math.min(taken + count(others, filter.takes()), counted);
            suspected = counted > 0 ? suspected.or(filter.takes()) : suspected;
        }
        return Math.clamp(dropped - count(others, suspected), 0, explained);
    }

    private static long count(Collection<SeenFrame> frames, Predicate<SeenFrame> which) {
        return frames.stream().filter(which).count();
    }

    /** How many frames these filters dropped at the machine's port. */
    public static long at(Run run, String machine, Set<String> filters) {
        return run.events(Event.FramesDropped.class).stream()
                .filter(drop -> drop.subject().equals(machine))
                .filter(drop -> filters.contains(drop.outcome()))
                .mapToLong(Event.FramesDropped::frames)
                .sum();
    }
}
