package cofferdam.analysis;

import cofferdam.analysis.evidence.ArpContent;
import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.NetworkPolicy;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether an adversary did what its attack consists of, before the victims talked. */
final class AttackActs {

    /** How many made-up stations a flood has at least, whatever it is aimed at. */
    static final int FLOOD_STATIONS = 1000;

    private final Run run;
    private final Attempt attempt;
    private final Pair victims;
    private final long before;

    /** @param before the act must have been done by this time */
    AttackActs(Run run, Attempt attempt, Pair victims, long before) {
        this.run = run;
        this.attempt = attempt;
        this.victims = victims;
        this.before = before;
    }

    /** Fails unless the evidence shows the act. */
    void require() throws MissingEvidenceException {
        boolean acted = switch (attempt.attack()) {
            case "promiscuous-capture", "host-capture" -> isListening();
            case "arp-poisoning" -> sent().anyMatch(this::isFalseReply);
            case "mac-flooding" -> flooded();
            case "mac-spoofing", "port-stealing" -> sent().anyMatch(this::isUnderVictimsAddress);
            default ->
                throw new MissingEvidenceException("what the attack '%s' consists of is not known"
                        .formatted(attempt.attack()));
        };
        if (!acted) {
            throw new MissingEvidenceException("%s of %s did not act before the exchange"
                    .formatted(attempt.attack(), attempt.adversary()));
        }
    }

    /** Whether the last that the adversary asked of one of its interfaces was promiscuous mode. */
    private boolean isListening() {
        List<Event.PromiscuousChanged> asked = run.events(Event.PromiscuousChanged.class).stream()
                .filter(change -> change.actor().equals(attempt.adversary())
                        && change.time() >= attempt.started()
                        && change.time() <= before)
                .toList();
        return asked.stream()
                .map(Event.PromiscuousChanged::subject)
                .distinct()
                .anyMatch(name -> asked.stream()
                        .filter(change -> change.subject().equals(name))
                        .reduce((first, second) -> second)
                        .map(Event.PromiscuousChanged::outcome)
                        .orElse(false));
    }

    private Stream<SeenFrame> sent() throws MissingEvidenceException {
        return run.vantage(attempt.adversary()).outbound().stream()
                .filter(frame -> frame.time() >= attempt.started() && frame.time() <= before);
    }

    private boolean isFalseReply(SeenFrame frame) {
        return frame.content() instanceof ArpContent arp
                && arp.reply()
                && victim(machine -> arp.senderProtocol().equals(machine.address())
                        && !arp.senderHardware().equals(machine.mac()));
    }

    private boolean isUnderVictimsAddress(SeenFrame frame) {
        return victim(machine -> frame.from(machine.mac()));
    }

    private boolean victim(Predicate<Machine> condition) {
        return condition.test(victims.one()) || condition.test(victims.other());
    }

    /** Counts only what a switch could still know when the exchange began. */
    private boolean flooded() throws MissingEvidenceException {
        NetworkPolicy network = run.policy().network();
        long remembered = before - network.macTable().ageing().toNanos();
        long stations = sent().filter(frame -> frame.time() >= remembered)
                .filter(frame -> run.machines().values().stream()
                        .noneMatch(machine -> frame.from(machine.mac())))
                .mapToLong(SeenFrame::source)
                .distinct()
                .count();
        long wanted = Math.max(FLOOD_STATIONS, tableSize(network));
        if (stations < wanted) {
            throw new MissingEvidenceException(
                    "mac-flooding of %s showed the switch %d made-up stations before the exchange; %d are needed to fill it"
                            .formatted(attempt.adversary(), stations, wanted));
        }
        return true;
    }

    /** How many stations fill the table; none where nothing is learned. */
    private static int tableSize(NetworkPolicy network) {
        boolean learns = network.mode() == NetworkPolicy.Mode.SWITCHED
                && network.macLearning() == NetworkPolicy.MacLearning.LEARN;
        return learns ? network.macTable().size() : 0;
    }
}
