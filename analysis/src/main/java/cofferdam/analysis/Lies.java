package cofferdam.analysis;

import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;

import java.util.List;

/** What a machine says that is not true, and what became of it. */
final class Lies {

    private final Run run;
    private final Machine liar;
    private final Claims claims;

    Lies(Run run, Machine liar, Claims claims) {
        this.run = run;
        this.liar = liar;
        this.claims = claims;
    }

    /** Whether one of these frames tells the first of the pair a lie about the other. */
    boolean areTold(List<SeenFrame> frames, Pair direction) {
        return frames.stream()
                .filter(frame -> frame.to(direction.one().mac()) || frame.isToGroup())
                .anyMatch(frame -> claims.isFalse(frame, direction.other()));
    }

    /**
     * Whether all that the liar said of others in the whole run, as filters' counts are of the whole
     * run, arrived somewhere or was taken by a filter.
     */
    boolean areAccountedFor() throws MissingEvidenceException {
        run.vantage(liar.name());
        Crossings crossings = new Crossings(run);
        List<SeenFrame> said = crossings.sentBy(liar).stream()
                .filter(frame -> claims.isForeign(frame, liar))
                .toList();
        List<SeenFrame> lost = crossings.vanished(liar, said);
        long dropped = Drops.explained(run, liar.name(), lost, claims.filters());
        return lost.size() <= dropped + isolated(lost);
    }

    private long isolated(List<SeenFrame> lost) {
        return run.machines().values().stream()
                .mapToLong(machine -> Math.min(
                        lost.stream().filter(frame -> frame.to(machine.mac())).count(),
                        Drops.at(run, machine.name(), Drops.OF_ISOLATION)))
                .sum();
    }
}
