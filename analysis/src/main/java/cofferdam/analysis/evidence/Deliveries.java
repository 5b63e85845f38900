package cofferdam.analysis.evidence;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What captures say of a legitimate exchange. */
public final class Deliveries {

    private Deliveries() {}

    /** Whether packets that name the flow were sent and received, in both directions. */
    public static boolean bothWays(Run run, Flow flow) throws MissingEvidenceException {
        Machine from = run.machine(flow.from());
        Machine to = run.machine(flow.to());
        return reached(run, flow, new Pair(from, to)) && reached(run, flow, new Pair(to, from));
    }

    /**
     * Whether a packet that names the flow was sent by the pair's first machine and received by its
     * other, during the flow.
     */
    public static boolean reached(Run run, Flow flow, Pair direction)
            throws MissingEvidenceException {
        Set<IpContent> sent =
                packets(run.vantage(direction.one().name()).outbound(), flow, direction);
        Set<IpContent> received =
                packets(run.vantage(direction.other().name()).inbound(), flow, direction);
        return sent.stream().anyMatch(received::contains);
    }

    private static Set<IpContent> packets(List<SeenFrame> frames, Flow flow, Pair direction) {
        byte[] text = flow.text();
        Set<IpContent> packets = new HashSet<>();
        for (SeenFrame frame : frames) {
            if (flow.lasts(frame.time())
                    && frame.content() instanceof IpContent packet
                    && packet.concerns(direction.one(), direction.other())
                    && packet.contains(text)) {
                packets.add(packet);
            }
        }
        return packets;
    }
}
