package cofferdam.analysis.evidence;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What captures say of a legitimate exchange. */
public final class Deliveries {

    private Deliveries() {}

    /** Whether packets of the flow were sent and received, in both directions. */
    public static boolean bothWays(Run run, Flow flow) throws MissingEvidenceException {
        Machine from = run.machine(flow.from());
        Machine to = run.machine(flow.to());
        return reached(run, flow, new Pair(from, to)) && reached(run, flow, new Pair(to, from));
    }

    /**
     * Whether the client of a lease asked, and was answered by whichever server, as its own capture
     * shows. Who answers is not a question of delivery.
     */
    public static boolean leased(Run run, Flow flow) throws MissingEvidenceException {
        Vantage client = run.vantage(flow.from());
        return client.outbound().stream().anyMatch(frame -> isOf(frame, flow, false))
                && client.inbound().stream().anyMatch(frame -> isOf(frame, flow, true));
    }

    private static boolean isOf(SeenFrame frame, Flow flow, boolean reply) {
        return flow.lasts(frame.time())
                && frame.content() instanceof Ipv4Content packet
                && packet.contains(flow.text())
                && packet.dhcp().filter(message -> message.reply() == reply).isPresent();
    }

    /**
     * Whether a packet of the flow was sent by the pair's first machine and received by its
     * other, during the flow.
     */
    public static boolean reached(Run run, Flow flow, Pair direction)
            throws MissingEvidenceException {
        Set<PacketContent> sent =
                packets(run.vantage(direction.one().name()).outbound(), flow, direction);
        Set<PacketContent> received =
                packets(run.vantage(direction.other().name()).inbound(), flow, direction);
        return sent.stream().anyMatch(received::contains);
    }

    private static Set<PacketContent> packets(List<SeenFrame> frames, Flow flow, Pair direction) {
        Set<PacketContent> packets = new HashSet<>();
        for (SeenFrame frame : frames) {
            if (flow.lasts(frame.time())
                    && frame.content() instanceof PacketContent packet
                    && packet.concerns(direction.one(), direction.other())
                    && flow.has(packet, direction)) {
                packets.add(packet);
            }
        }
        return packets;
    }
}
