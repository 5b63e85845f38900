package cofferdam.analysis;

import cofferdam.analysis.evidence.ArpContent;
import cofferdam.analysis.evidence.Content;
import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Ipv4Content;
import cofferdam.analysis.evidence.Ipv6Content;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.PacketContent;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;

import java.util.List;

/** The source address of the packet is not the sender's own, behind whatever VLAN tags. */
final class ForgedProtocol implements Forgery {

    @Override
    public boolean isForged(SeenFrame frame, Machine adversary) {
        return frame.content() instanceof PacketContent packet
                && !isFrom(packet, adversary)
                && !isBeforeAnyAddress(packet);
    }

    private static boolean isFrom(PacketContent packet, Machine machine) {
        return switch (packet) {
            case Ipv4Content ipv4 -> ipv4.source().equals(machine.address());
            case Ipv6Content ipv6 -> Ipv6Content.belongs(ipv6.source(), machine);
        };
    }

    private static boolean isUnspecified(PacketContent packet) {
        return switch (packet) {
            case Ipv4Content ipv4 -> ipv4.source().equals(Ipv4Address.ANY);
            case Ipv6Content ipv6 -> ipv6.source().equals(Ipv6Address.ANY);
        };
    }

    /**
     * Whether it is what a machine says to get an address: it asks by DHCP (RFC 2131 section 4.1), or
     * finds out whether somebody has the address that it made itself (RFC 4862 section 5.4).
     */
    private static boolean isBeforeAnyAddress(PacketContent packet) {
        boolean asks = switch (packet) {
            case Ipv4Content ipv4 ->
                ipv4.dhcp().filter(message -> !message.reply()).isPresent();
            case Ipv6Content ipv6 -> ipv6.isDiscovery();
        };
        return asks && isUnspecified(packet);
    }

    @Override
    public boolean isAbout(SeenFrame frame, Pair subjects, Machine adversary) {
        return frame.content() instanceof PacketContent packet
                && (isFrom(packet, subjects.one())
                        || isFrom(packet, subjects.other())
                        || isUnspecified(packet));
    }

    /** The packet alone: switches change tags, and routers the frame around it. */
    @Override
    public Object trace(SeenFrame frame) {
        return frame.content();
    }

    @Override
    public String claimed(Run run, SeenFrame frame) {
        return run.machines().values().stream()
                .filter(machine -> frame.content() instanceof PacketContent packet
                        && isFrom(packet, machine))
                .map(Machine::name)
                .findFirst()
                .orElseGet(() -> source(frame.content()));
    }

    private static String source(Content content) {
        return switch (content) {
            case Ipv4Content ipv4 -> ipv4.source().toString();
            case Ipv6Content ipv6 -> ipv6.source().toString();
            case ArpContent arp -> arp.senderProtocol().toString();
            case Content.Other other -> "nobody";
        };
    }

    @Override
    public List<Drops.Filter> filters(Machine adversary) {
        return List.of(Drops.IP, Drops.TAGS, Drops.PROTOCOLS);
    }

    @Override
    public String missing(Pair subjects) {
        return "no packet under an address of %s, or under none".formatted(subjects.names());
    }
}
