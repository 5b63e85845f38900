package cofferdam.analysis;

import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;

import java.util.List;

/** The Ethernet source address is not the sender's own. */
final class ForgedHardware implements Forgery {

    private final ForgedProtocol protocol = new ForgedProtocol();

    @Override
    public boolean isForged(SeenFrame frame, Machine adversary) {
        return !frame.from(adversary.mac());
    }

    /**
     * Whether nothing else about the frame is forged, so that what becomes of it is for its hardware
     * address alone.
     */
    @Override
    public boolean isAbout(SeenFrame frame, Pair subjects, Machine adversary) {
        boolean under =
                frame.from(subjects.one().mac()) || frame.from(subjects.other().mac());
        return under && !protocol.isForged(frame, adversary);
    }

    @Override
    public Object trace(SeenFrame frame) {
        return frame.untagged();
    }

    @Override
    public String claimed(Run run, SeenFrame frame) {
        return run.machines().values().stream()
                .filter(machine -> frame.from(machine.mac()))
                .map(Machine::name)
                .findFirst()
                .orElse("another station");
    }

    /**
     * ARP inspection drops the adversary's own lies too, and other filters what is forged in other
     * ways; only so many drops can be of forged frames.
     */
    @Override
    public List<Drops.Filter> filters(Machine adversary) {
        Drops.Filter sources =
                new Drops.Filter(Drops.IP.names(), frame -> protocol.isForged(frame, adversary));
        return List.of(Drops.SOURCES, Drops.ARP, sources, Drops.TAGS);
    }

    @Override
    public String missing(Pair subjects) {
        return "no frame under an address of %s that is honest otherwise".formatted(subjects.names());
    }
}
