package cofferdam.analysis;

import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;

import java.util.List;

/** The Ethernet source address is not the sender's own. */
final class ForgedHardware implements Forgery {

    @Override
    public boolean isForged(SeenFrame frame, Machine adversary) {
        return !frame.from(adversary.mac());
    }

    @Override
    public boolean isAbout(SeenFrame frame, Pair subjects) {
        return frame.from(subjects.one().mac()) || frame.from(subjects.other().mac());
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

    /** ARP inspection drops the adversary's own lies too; only so many drops can be of forged frames. */
    @Override
    public List<Drops.Filter> filters() {
        return List.of(Drops.SOURCES, Drops.ARP, Drops.IP, Drops.TAGS);
    }

    @Override
    public String missing(Pair subjects) {
        return "no frame under an address of %s".formatted(subjects.names());
    }
}
