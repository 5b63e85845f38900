package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.DhcpContent;
import cofferdam.analysis.evidence.Flow;
import cofferdam.analysis.evidence.Ipv4Content;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.PacketContent;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Vantage;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.evidence.Event;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a machine believes in the true router alone, and gives it what is for the world. */
final class RouterIntegrity implements Checker {

    private static final Set<String> ATTACKS = Set.of("rogue-dhcp", "rogue-router");

    private static final Property PROPERTY = new Property(
            "router-integrity",
            2,
            "does the subject take the true router alone for its router?",
            false,
            "the run completed; during the attack the subject took a lease from the true server, or had"
                    + " the true router before, and talked through it; the attack acted, or filters"
                    + " kept it from hearing the question");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        Pair pair = Pair.of(run, question.subject());
        Pair direction = pair.directions().stream()
                .filter(each -> each.other().name().equals(RouterClaims.ROUTER))
                .findFirst()
                .orElseThrow(() -> new MissingEvidenceException(
                        "the question is not about a machine and its router '%s'"
                                .formatted(RouterClaims.ROUTER)));
        Beliefs beliefs = new Beliefs(run, direction);
        Pointers causes = new Pointers();
        int unproven = beliefs.pointAtCauses(causes);
        if (causes.count() > 0) {
            return Judgement.violated(
                    question,
                    "%d messages made %s take another for its router"
                            .formatted(causes.count(), direction.one().name()),
                    causes);
        }
        if (unproven > 0) {
            throw new MissingEvidenceException(
                    "%d false routers are recorded, but no message that made them is captured"
                            .formatted(unproven));
        }
        requireControls(run, direction);
        return Judgement.upheld(
                question,
                "%s took %s alone for its router"
                        .formatted(direction.one().name(), RouterClaims.ROUTER));
    }

    private static void requireControls(Run run, Pair direction) throws MissingEvidenceException {
        List<Attempt> attempts = Attempt.of(run);
        if (attempts.stream().noneMatch(attempt -> ATTACKS.contains(attempt.attack()))) {
            throw new MissingEvidenceException("nobody attacked by rogue-dhcp or rogue-router");
        }
        new Controls(run, direction, Optional.empty()).require();
        requireTrueDestinations(run, direction);
        requireKeptAway(run, attempts, direction);
        for (Attempt attempt : attempts) {
            requireBelief(run, attempt, direction);
            requireRouted(run, attempt, direction);
        }
    }

    /** That another was faster, or that the subject had its reasons, is nothing to rely on. */
    private static void requireKeptAway(Run run, List<Attempt> attempts, Pair direction)
            throws MissingEvidenceException {
        Crossings crossings = new Crossings(run);
        for (Attempt attempt : attempts) {
            Machine adversary = run.machine(attempt.adversary());
            Pointers arrivals = new Pointers();
            crossings.point(adversary, direction.one(), RouterClaims::isClaim, arrivals);
            if (arrivals.count() > 0) {
                throw new MissingEvidenceException(
                        "%d messages of %s that speak of a router reached %s, which did not follow them"
                                .formatted(
                                        arrivals.count(),
                                        adversary.name(),
                                        direction.one().name()));
            }
        }
    }

    /** A lease that was taken during the attack, or a router that the machine had by its end. */
    private static void requireBelief(Run run, Attempt attempt, Pair direction)
            throws MissingEvidenceException {
        String name = direction.one().name();
        boolean believed = attempt.attack().equals("rogue-dhcp")
                ? run.events(Event.LeaseObtained.class).stream()
                        .anyMatch(lease -> lease.actor().equals(name)
                                && attempt.started() <= lease.time()
                                && lease.time() <= attempt.stopped())
                : run.events(Event.RouterChanged.class).stream()
                        .filter(change -> change.actor().equals(name)
                                && change.subject().equals("ipv6")
                                && change.time() <= attempt.stopped())
                        .reduce((first, second) -> second)
                        .filter(change -> !change.outcome().isEmpty())
                        .isPresent();
        if (!believed) {
            throw new MissingEvidenceException("%s was given no router, or lost it, during %s"
                    .formatted(name, attempt.attack()));
        }
    }

    /** What a machine sends shows whom it takes for its router, whatever the events say. */
    private static void requireTrueDestinations(Run run, Pair direction)
            throws MissingEvidenceException {
        long astray = run.vantage(direction.one().name()).outbound().stream()
                .filter(frame -> isRouted(frame, direction) && isTalk(run, frame, direction))
                .filter(frame -> !frame.to(direction.other().mac()))
                .count();
        if (astray > 0) {
            throw new MissingEvidenceException(
                    "%s gave %d packets for the world to another than the router, though no event says why"
                            .formatted(direction.one().name(), astray));
        }
    }

    private static void requireRouted(Run run, Attempt attempt, Pair direction)
            throws MissingEvidenceException {
        boolean routed = run.vantage(direction.one().name()).outbound().stream()
                .filter(frame ->
                        attempt.started() <= frame.time() && frame.time() <= attempt.stopped())
                .anyMatch(frame -> isRouted(frame, direction) && isTalk(run, frame, direction));
        if (!routed) {
            throw new MissingEvidenceException(
                    "%s had nothing to say by way of its router during %s"
                            .formatted(direction.one().name(), attempt.attack()));
        }
    }

    /** Whether it is for the world: for one machine, and for none of this link. */
    private static boolean isRouted(SeenFrame frame, Pair direction) {
        return !frame.isToGroup()
                && frame.content() instanceof PacketContent packet
                && !packet.isDiscovery()
                && !packet.goes(direction.one(), direction.other());
    }

    private static boolean isTalk(Run run, SeenFrame frame, Pair direction) {
        for (Flow flow : direction.flows(run)) {
            boolean named = flow.completed()
                    && flow.lasts(frame.time())
                    && frame.content() instanceof PacketContent packet
                    && packet.contains(flow.text());
            if (named) {
                return true;
            }
        }
        return false;
    }

    /** What a machine was made to believe, as the events say. */
    private record Beliefs(Run run, Pair direction) {

        /** Points at the messages behind false ones, and counts those without. */
        int pointAtCauses(Pointers causes) {
            Machine machine = direction.one();
            Machine router = direction.other();
            int unproven = 0;
            for (Event.RouterChanged change : run.events(Event.RouterChanged.class)) {
                boolean isFalse = change.actor().equals(machine.name())
                        && !change.outcome().isEmpty()
                        && !change.outcome().equals(trueRouter(change.subject(), router));
                unproven += isFalse && !point(change.time(), causes) ? 1 : 0;
            }
            for (Event.LeaseObtained lease : run.events(Event.LeaseObtained.class)) {
                boolean isFalse = lease.actor().equals(machine.name())
                        && !(lease.router().equals(router.address())
                                && lease.subject().equals(router.address())
                                && lease.server().equals(router.mac()));
                unproven += isFalse && !point(lease.time(), causes) ? 1 : 0;
            }
            return unproven;
        }

        private static String trueRouter(String protocol, Machine router) {
            return protocol.equals("ipv6")
                    ? Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, router.mac()).toString()
                    : router.address().toString();
        }

        /** The last message before that time that speaks of a router and is not the router's. */
        private boolean point(long time, Pointers causes) {
            Optional<Vantage> vantage = run.readable(direction.one());
            Optional<SeenFrame> cause = vantage.stream()
                    .flatMap(seen -> seen.inbound().stream())
                    .filter(frame -> frame.time() <= time && isCause(frame))
                    .reduce((first, second) -> second);
            cause.ifPresent(frame -> causes.add(
                    vantage.orElseThrow(),
                    frame,
                    "%s takes another for its router".formatted(direction.one().name())));
            return cause.isPresent();
        }

        private boolean isCause(SeenFrame frame) {
            return new RouterClaims().isFalse(frame, direction.other())
                    && !(frame.content() instanceof Ipv4Content packet
                            && packet.dhcp()
                                    .filter(message -> message.type() == DhcpContent.ACKNOWLEDGE)
                                    .isEmpty());
        }
    }
}
