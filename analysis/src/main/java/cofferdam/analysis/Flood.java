package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Flow;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.monitor.policy.NetworkPolicy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Frames of made-up stations, which are to take the room of real ones in a switch's table. */
final class Flood {

    /** How many made-up stations a flood has at least, whatever it is aimed at. */
    static final int MINIMUM_STATIONS = 1000;

    /** The first bit of an address on the wire (IEEE Std 802-2014, section 8.2.2). */
    private static final long GROUP_BIT = 1L << 40;

    private final Run run;
    private final Attempt attempt;
    private final Flow exchange;

    /** @param exchange what the victims said to each other during the attack */
    Flood(Run run, Attempt attempt, Flow exchange) {
        this.run = run;
        this.attempt = attempt;
        this.exchange = exchange;
    }

    /**
     * Fails unless so many stations had been shown to the switch when the exchange began, and where
     * the table forgets whom it heard longest ago, so many again while the victims were silent in
     * between: whoever has just spoken is known. What filters kept from the switch need not go on.
     *
     * @param tableSize how many stations fill the table; 0 where nothing is learned
     */
    void require(int tableSize) throws MissingEvidenceException {
        int wanted = Math.max(MINIMUM_STATIONS, tableSize);
        NetworkPolicy.MacTable table = run.policy().network().macTable();
        long remembered = exchange.started() - table.ageing().toNanos();
        List<SeenFrame> before = frames(remembered, exchange.started());
        int shown = stations(before).size();
        if (shown < wanted) {
            throw new MissingEvidenceException(
                    "mac-flooding of %s showed the switch %d made-up stations before the exchange; %d are needed to fill it"
                            .formatted(attempt.adversary(), shown, wanted));
        }
        boolean forgets = tableSize > 0 && table.whenFull() == NetworkPolicy.WhenFull.EVICT;
        if (forgets && !isKeptOut(before)) {
            requireGoingOn(wanted);
        }
    }

    private void requireGoingOn(int wanted) throws MissingEvidenceException {
        List<SeenFrame> flood = frames(exchange.started(), exchange.finished());
        List<Long> spoken = spoken();
        int most = 0;
        int next = 0;
        Set<Long> silent = new HashSet<>();
        for (SeenFrame frame : flood) {
            while (next < spoken.size() && spoken.get(next) <= frame.time()) {
                silent.clear();
                next++;
            }
            silent.add(frame.source());
            most = Math.max(most, silent.size());
        }
        if (most < wanted) {
            throw new MissingEvidenceException(
                    "mac-flooding of %s showed the switch %d made-up stations while the victims were silent; %d are needed until it forgets one"
                            .formatted(attempt.adversary(), most, wanted));
        }
    }

    /** When one of the two sent something, in order. */
    private List<Long> spoken() throws MissingEvidenceException {
        List<Long> times = new ArrayList<>();
        for (String name : List.of(exchange.from(), exchange.to())) {
            run.vantage(name).outbound().forEach(frame -> times.add(frame.time()));
        }
        return times.stream().sorted().toList();
    }

    private boolean isKeptOut(Collection<SeenFrame> flood) throws MissingEvidenceException {
        Crossings crossings = new Crossings(run);
        return crossings.dropped(run.machine(attempt.adversary()), flood, Drops.ALL)
                >= flood.size();
    }

    private List<SeenFrame> frames(long from, long to) throws MissingEvidenceException {
        return sent(from, to)
                .filter(frame -> isStation(frame.source()))
                .filter(frame -> run.machines().values().stream()
                        .noneMatch(machine -> frame.from(machine.mac())))
                .toList();
    }

    private Stream<SeenFrame> sent(long from, long to) throws MissingEvidenceException {
        return run.vantage(attempt.adversary()).outbound().stream()
                .filter(frame -> frame.time() >= Math.max(from, attempt.started()))
                .filter(frame -> frame.time() <= to);
    }

    private static Set<Long> stations(Collection<SeenFrame> frames) {
        Set<Long> stations = new HashSet<>();
        frames.forEach(frame -> stations.add(frame.source()));
        return stations;
    }

    /** Switches learn no group's address; a frame too short to have addresses has the source -1. */
    private static boolean isStation(long source) {
        return source > 0 && (source & GROUP_BIT) == 0;
    }
}
