package cofferdam.analysis;

import cofferdam.analysis.evidence.ArpContent;
import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Ipv4Content;
import cofferdam.analysis.evidence.Ipv6Content;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.monitor.evidence.Event;

import java.util.List;
import java.util.Optional;

/** A way in which machines find each other's hardware addresses. */
enum Resolution {
    /** For IPv4 (RFC 826). */
    ARP {
        @Override
        List<CacheEntry> entries(Run run, Pair direction) {
            return run.events(Event.NeighbourChanged.class).stream()
                    .filter(change -> change.actor().equals(direction.one().name())
                            && change.subject().equals(direction.other().address()))
                    .map(change -> new CacheEntry(
                            change.time(), change.outcome(), frame -> isCause(frame, change)))
                    .toList();
        }

        @Override
        boolean isPacket(SeenFrame frame, Pair direction) {
            return frame.content() instanceof Ipv4Content packet
                    && packet.goes(direction.one(), direction.other());
        }

        @Override
        void requireWatched(Run run, Machine machine, Attempt attempt)
                throws MissingEvidenceException {
            new CacheWatch(run, machine.name()).require(attempt);
        }
    },
    /** For IPv6 (RFC 4861). */
    NEIGHBOUR_DISCOVERY {
        @Override
        List<CacheEntry> entries(Run run, Pair direction) {
            return run.events(Event.Ipv6NeighbourChanged.class).stream()
                    .filter(change -> change.actor().equals(direction.one().name())
                            && Ipv6Content.belongs(change.subject(), direction.other()))
                    .map(change -> new CacheEntry(
                            change.time(), change.outcome(), frame -> isCause(frame, change)))
                    .toList();
        }

        @Override
        boolean isPacket(SeenFrame frame, Pair direction) {
            return frame.content() instanceof Ipv6Content packet
                    && !packet.isDiscovery()
                    && packet.goes(direction.one(), direction.other());
        }

        // Only machines that tell of every change have such a cache.
        @Override
        void requireWatched(Run run, Machine machine, Attempt attempt) {}
    };

    /** What the first of the pair's cache took about the other. */
    abstract List<CacheEntry> entries(Run run, Pair direction);

    /** Whether the frame carries something from the first of the pair to the other. */
    abstract boolean isPacket(SeenFrame frame, Pair direction);

    /** Fails unless it would have been noticed if the machine's cache had changed during the attack. */
    abstract void requireWatched(Run run, Machine machine, Attempt attempt)
            throws MissingEvidenceException;

    private static boolean isCause(SeenFrame frame, Event.NeighbourChanged change) {
        return frame.content() instanceof ArpContent arp
                && arp.senderProtocol().equals(change.subject())
                && arp.senderHardware().equals(change.outcome());
    }

    private static boolean isCause(SeenFrame frame, Event.Ipv6NeighbourChanged change) {
        return NeighbourClaims.binding(frame)
                .equals(Optional.of(
                        new NeighbourClaims.Binding(change.subject(), change.outcome())));
    }
}
