package cofferdam.analysis;

import cofferdam.analysis.evidence.ArpContent;
import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;

import java.util.List;

/** What a machine says by ARP that is not true. */
final class ArpLies {

    private final Run run;
    private final Machine liar;

    ArpLies(Run run, Machine liar) {
        this.run = run;
        this.liar = liar;
    }

    /**
     * Whether one of the pair was told by these frames where the other is not, and every lie either
     * arrived somewhere or was taken by a filter.
     */
    boolean areAtWork(List<SeenFrame> told, Pair pair) throws MissingEvidenceException {
        boolean lied = pair.directions().stream()
                .anyMatch(direction -> told.stream().anyMatch(frame -> isLie(frame, direction)));
        return lied && areAccountedFor();
    }

    private static boolean isLie(SeenFrame frame, Pair direction) {
        boolean heard = frame.to(direction.one().mac()) || frame.isToGroup();
        return heard
                && frame.content() instanceof ArpContent arp
                && arp.senderProtocol().equals(direction.other().address())
                && !arp.senderHardware().equals(direction.other().mac());
    }

    /** Of the whole run, as filters' counts are. */
    private boolean areAccountedFor() throws MissingEvidenceException {
        run.vantage(liar.name());
        Crossings crossings = new Crossings(run);
        List<SeenFrame> claims = crossings.sentBy(liar).stream()
                .filter(this::isNotItsOwn)
                .toList();
        List<SeenFrame> lost = crossings.vanished(liar, claims);
        long dropped = Drops.explained(
                run, liar.name(), lost, List.of(Drops.ARP, Drops.TAGS, Drops.SOURCES));
        return lost.size() <= dropped + isolated(lost);
    }

    private long isolated(List<SeenFrame> lost) {
        return run.machines().values().stream()
                .mapToLong(machine -> Math.min(
                        lost.stream().filter(frame -> frame.to(machine.mac())).count(),
                        Drops.at(run, machine.name(), Drops.OF_ISOLATION)))
                .sum();
    }

    /** True claims about others, by which an attack puts things back, are no less foreign. */
    private boolean isNotItsOwn(SeenFrame frame) {
        return frame.content() instanceof ArpContent arp
                && !(arp.senderProtocol().equals(liar.address())
                        && arp.senderHardware().equals(liar.mac()));
    }
}
