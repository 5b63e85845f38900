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

    /**
     * Whether one of these frames tells the first of the pair a lie about the other, and arrived
     * there or nowhere, or isolation kept them all from it. What others alone received need not have
     * been kept from it by anything; it may have been away.
     */
    boolean areTold(List<SeenFrame> frames, Pair direction) {
        List<SeenFrame> lies = frames.stream()
                .filter(frame -> frame.to(direction.one().mac()) || frame.isToGroup())
                .filter(frame -> claims.isFalse(frame, direction.other()))
                .toList();
        if (lies.isEmpty()) {
            return false;
        }
        Crossings crossings = new Crossings(run);
        return crossings.isAnyAt(direction.one(), lies)
                || !crossings.vanished(liar, lies).isEmpty()
                || lies.size() <= Drops.at(run, direction.one().name(), Drops.OF_ISOLATION);
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
        long dropped = crossings.dropped(liar, lost, claims.filters());
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
