package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Ipv6Content;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.IpSourceGuard;
import cofferdam.monitor.policy.PacketGuards;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Attacks on IPv6 ask nothing of a network on which guests have none. */
final class Ipv6Boundary {

    private static final Set<String> ATTACKS = Set.of("nd-spoofing", "rogue-router");

    private Ipv6Boundary() {}

    /**
     * Why there is no such boundary; empty if there is one, if the run has other attacks too, or if
     * an attacker's IPv6 packet got anywhere all the same.
     */
    static Optional<String> missing(Run run) {
        List<Event.AttackStarted> starts = run.events(Event.AttackStarted.class);
        boolean asksForIpv6 = !starts.isEmpty()
                && starts.stream().allMatch(start -> ATTACKS.contains(start.subject()));
        PacketGuards guards = run.policy().network().guards();
        boolean drops = guards.protocols() == PacketGuards.Protocols.IPV4_AND_ARP
                || guards.ipSourceGuard().ipv6() == IpSourceGuard.Ipv6.DROP;
        return asksForIpv6 && drops && isKeptIn(run)
                ? Optional.of("the policy lets no IPv6 of guests pass")
                : Optional.empty();
    }

    private static boolean isKeptIn(Run run) {
        Crossings crossings = new Crossings(run);
        for (String name : Attempt.adversaries(run)) {
            Machine adversary = run.machines().get(name);
            if (adversary == null) {
                return false;
            }
            List<SeenFrame> sent = crossings.sentBy(adversary).stream()
                    .filter(frame -> frame.content() instanceof Ipv6Content)
                    .toList();
            if (sent.isEmpty() || crossings.vanished(adversary, sent).size() < sent.size()) {
                return false;
            }
        }
        return true;
    }
}
