package cofferdam.analysis;

import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.IpContent;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;

import java.util.List;

/** The source address of the packet is not the sender's own, behind whatever VLAN tags. */
final class ForgedProtocol implements Forgery {

    @Override
    public boolean isForged(SeenFrame frame, Machine adversary) {
        return frame.content() instanceof IpContent packet && !packet.isOwn(adversary);
    }

    @Override
    public boolean isAbout(SeenFrame frame, Pair subjects) {
        return frame.content() instanceof IpContent packet
                && (packet.isFrom(subjects.one())
                        || packet.isFrom(subjects.other())
                        || packet.isUnspecified());
    }

    /** The packet alone: switches change tags, and routers the frame around it. */
    @Override
    public Object trace(SeenFrame frame) {
        return frame.content();
    }

    @Override
    public String claimed(Run run, SeenFrame frame) {
        if (!(frame.content() instanceof IpContent packet)) {
            return "nobody";
        }
        return run.machines().values().stream()
                .filter(packet::isFrom)
                .map(Machine::name)
                .findFirst()
                .orElseGet(packet::sourceText);
    }

    @Override
    public List<Drops.Filter> filters() {
        return List.of(Drops.IP, Drops.TAGS, Drops.PROTOCOLS);
    }

    @Override
    public String missing(Pair subjects) {
        return "no packet under an address of %s, or under none".formatted(subjects.names());
    }
}
