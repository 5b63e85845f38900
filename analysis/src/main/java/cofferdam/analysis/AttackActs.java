package cofferdam.analysis;

import cofferdam.analysis.evidence.ArpContent;
import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Flow;
import cofferdam.analysis.evidence.Ipv4Content;
import cofferdam.analysis.evidence.Ipv6Content;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.PacketContent;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Unpadded;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.NetworkPolicy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether an adversary's attack was at work when the victims talked. */
final class AttackActs {

    /** A poisoned entry is renewed at least so often, or it is not what the victims go by. */
    private static final Duration POISON_LASTS = Duration.ofMinutes(1);

    /** A switch believes the owner of an address again as soon as the owner speaks. */
    private static final Duration THEFT_LASTS = Duration.ofSeconds(1);

    private final Run run;
    private final Attempt attempt;
    private final Pair victims;
    private final Flow exchange;

    /** @param exchange what the victims said to each other during the attack */
    AttackActs(Run run, Attempt attempt, Pair victims, Flow exchange) {
        this.run = run;
        this.attempt = attempt;
        this.victims = victims;
        this.exchange = exchange;
    }

    /** Fails unless the evidence shows the act. */
    void require() throws MissingEvidenceException {
        boolean acted = switch (attempt.attack()) {
            case "promiscuous-capture", "host-capture" -> isListening();
            case "arp-poisoning" -> poisoned();
            case "mac-flooding" -> flooded() && isListening();
            case "mac-spoofing" -> isUnderVictimsAddress();
            case "arp-spoofing" -> lied(new ArpClaims(), exchange.started());
            case "nd-spoofing" ->
                talked(AttackActs::isIpv6) && lied(new NeighbourClaims(), exchange.started());
            case "rogue-router" ->
                talked(frame -> isIpv6(frame) && isRouted(frame))
                        && lied(new RouterClaims(), exchange.started());
            case "rogue-dhcp" ->
                talked(frame -> !isIpv6(frame) && isRouted(frame))
                        && (lied(new RouterClaims(), exchange.started())
                                || hasNotHeardTheQuestion());
            case "ip-spoofing" -> isUnderOtherProtocolAddress();
            case "vlan-hopping" -> isTagged() && isListening();
            case "guest-contact" -> isInContact();
            case "port-stealing" -> isUnderVictimsAddress() && isListening();
            default ->
                throw new MissingEvidenceException("what the attack '%s' consists of is not known"
                        .formatted(attempt.attack()));
        };
        if (!acted) {
            throw new MissingEvidenceException("%s of %s was not at work when %s talked"
                    .formatted(attempt.attack(), attempt.adversary(), victims.names()));
        }
    }

    /** Whether one of the adversary's interfaces was asked for promiscuous mode and stayed in it. */
    private boolean isListening() throws MissingEvidenceException {
        new Hearers(run, attempt.adversary()).require(exchange);
        List<Event.PromiscuousChanged> asked = run.events(Event.PromiscuousChanged.class).stream()
                .filter(change -> change.actor().equals(attempt.adversary()))
                .toList();
        return asked.stream()
                .map(Event.PromiscuousChanged::subject)
                .distinct()
                .anyMatch(name -> isListening(asked.stream()
                        .filter(change -> change.subject().equals(name))
                        .toList()));
    }

    private boolean isListening(List<Event.PromiscuousChanged> ofOneInterface) {
        boolean on = ofOneInterface.stream()
                .filter(change -> change.time() <= exchange.started())
                .reduce((first, second) -> second)
                .map(Event.PromiscuousChanged::outcome)
                .orElse(false);
        return on
                && ofOneInterface.stream()
                        .noneMatch(change -> exchange.started() < change.time()
                                && change.time() <= exchange.finished());
    }

    private Stream<SeenFrame> sent(long from, long to) throws MissingEvidenceException {
        return run.vantage(attempt.adversary()).outbound().stream()
                .filter(frame -> frame.time() >= Math.max(from, attempt.started()))
                .filter(frame -> frame.time() <= to);
    }

    /** Both victims were told lies about each other, and the lies arrived or a filter took them. */
    private boolean poisoned() throws MissingEvidenceException {
        long lost = 0;
        for (Pair direction : victims.directions()) {
            List<SeenFrame> lies = lies(direction);
            if (lies.isEmpty()) {
                return false;
            }
            if (!arrived(lies, direction.one())) {
                lost += lies.size();
                lost -= Math.min(
                        lies.size(), Drops.at(run, direction.one().name(), Drops.OF_ISOLATION));
            }
        }
        return lost <= Drops.at(run, attempt.adversary(), Drops.OF_ARP);
    }

    private boolean arrived(List<SeenFrame> lies, Machine victim) throws MissingEvidenceException {
        Set<Unpadded> told = new HashSet<>();
        lies.forEach(lie -> told.add(lie.unpadded()));
        long first = lies.getFirst().time();
        return run.vantage(victim.name()).inbound().stream()
                .filter(frame -> first <= frame.time() && frame.time() <= exchange.started())
                .anyMatch(frame -> told.contains(frame.unpadded()));
    }

    /** What the adversary told the first of the pair about the other. */
    private List<SeenFrame> lies(Pair direction) throws MissingEvidenceException {
        return sent(exchange.started() - POISON_LASTS.toNanos(), exchange.started())
                .filter(frame -> frame.to(direction.one().mac())
                        && frame.content() instanceof ArpContent arp
                        && arp.reply()
                        && arp.senderProtocol().equals(direction.other().address())
                        && !arp.senderHardware().equals(direction.other().mac()))
                .toList();
    }

    /** At least one victim was told a lie about the other, and no lie is lost; see {@link Lies}. */
    private boolean lied(Claims claims, long until) throws MissingEvidenceException {
        Lies lies = new Lies(run, run.machine(attempt.adversary()), claims);
        List<SeenFrame> told =
                sent(exchange.started() - POISON_LASTS.toNanos(), until).toList();
        return victims.directions().stream().anyMatch(direction -> lies.areTold(told, direction))
                && lies.areAccountedFor();
    }

    /** Whether the exchange went by the way that is attacked; any other says nothing about it. */
    private boolean talked(Predicate<SeenFrame> way) throws MissingEvidenceException {
        for (Pair direction : victims.directions()) {
            boolean went = run.vantage(direction.one().name()).outbound().stream()
                    .filter(frame -> exchange.lasts(frame.time())
                            && frame.content() instanceof PacketContent packet
                            && packet.contains(exchange.text()))
                    .anyMatch(way);
            if (went) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIpv6(SeenFrame frame) {
        return frame.content() instanceof Ipv6Content;
    }

    /** Whether it is for one machine, and for none of the victims' own addresses. */
    private boolean isRouted(SeenFrame frame) {
        return !frame.isToGroup()
                && frame.content() instanceof PacketContent packet
                && !packet.goes(victims.one(), victims.other())
                && !packet.goes(victims.other(), victims.one());
    }

    /**
     * A rogue server speaks when it is asked. Where a filter keeps the question from it, the attack
     * was there and had nothing to answer.
     */
    private boolean hasNotHeardTheQuestion() throws MissingEvidenceException {
        boolean asked = asks(run.vantage(victims.one().name()).outbound())
                || asks(run.vantage(victims.other().name()).outbound());
        return asked
                && !asks(run.vantage(attempt.adversary()).inbound())
                && Drops.at(run, attempt.adversary(), Drops.OF_ISOLATION) > 0;
    }

    private boolean asks(List<SeenFrame> frames) {
        return frames.stream()
                .filter(frame ->
                        attempt.started() <= frame.time() && frame.time() <= attempt.stopped())
                .anyMatch(frame -> frame.content() instanceof Ipv4Content packet
                        && packet.dhcp().filter(message -> !message.reply()).isPresent());
    }

    private boolean isUnderOtherProtocolAddress() throws MissingEvidenceException {
        Machine adversary = run.machine(attempt.adversary());
        return sent(attempt.started(), exchange.finished())
                .anyMatch(frame -> new ForgedProtocol().isForged(frame, adversary));
    }

    private boolean isTagged() throws MissingEvidenceException {
        return sent(attempt.started(), exchange.finished()).anyMatch(SeenFrame::isTagged);
    }

    /** Frames to a victim itself, and to everybody. */
    private boolean isInContact() throws MissingEvidenceException {
        List<SeenFrame> tried = sent(attempt.started(), exchange.finished()).toList();
        return tried.stream().anyMatch(SeenFrame::isToGroup)
                && tried.stream()
                        .anyMatch(frame -> frame.to(victims.one().mac())
                                || frame.to(victims.other().mac()));
    }

    private boolean isUnderVictimsAddress() throws MissingEvidenceException {
        return sent(exchange.started() - THEFT_LASTS.toNanos(), exchange.finished())
                .anyMatch(frame -> frame.from(victims.one().mac())
                        || frame.from(victims.other().mac()));
    }

    private boolean flooded() throws MissingEvidenceException {
        new Flood(run, attempt, exchange).require(tableSize());
        return true;
    }

    /** How many stations fill the table; none where nothing is learned. */
    private int tableSize() {
        NetworkPolicy network = run.policy().network();
        boolean learns = network.mode() == NetworkPolicy.Mode.SWITCHED
                && network.macLearning() == NetworkPolicy.MacLearning.LEARN;
        return learns ? network.macTable().size() : 0;
    }
}
