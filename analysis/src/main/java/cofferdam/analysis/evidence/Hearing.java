package cofferdam.analysis.evidence;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When a machine has made itself known to the switches, by frames from its own address that it
 * really sent. A correct switch floods what is for a machine that it has not heard.
 */
public final class Hearing {

    private final TreeSet<Long> times = new TreeSet<>();
    private final long ageing;
    private final Cables cables;

    /** What the machine sent while its cable was connected, as its own capture has it. */
    public Hearing(Run run, Machine machine) {
        ageing = run.policy().network().macTable().ageing().toNanos();
        cables = new Cables(run, machine.name());
        Optional<Vantage> vantage = run.readable(machine);
        List<SeenFrame> sent = vantage.map(Vantage::outbound).orElse(List.of());
        for (SeenFrame frame : sent) {
            if (frame.from(machine.mac()) && cables.connectedAt(frame.time())) {
                times.add(frame.time());
            }
        }
    }

    /**
     * Whether switches knew the machine when a frame for it was sent. The time of sending counts,
     * not that of arrival: while the frame was in flight, the machine may have spoken. A switch
     * forgets what it heard on a port whose link goes down, and may flood until the machine speaks
     * again.
     */
    public boolean known(long sent) {
        Long last = times.floor(sent);
        return last != null && sent - last < ageing && cables.heldThroughout(last, sent);
    }
}
