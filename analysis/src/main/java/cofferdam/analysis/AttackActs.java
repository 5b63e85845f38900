package cofferdam.analysis;

import cofferdam.analysis.evidence.ArpContent;
import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.monitor.evidence.Event;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether an adversary did what its attack consists of, before the victims talked. */
final class AttackActs {

    /** How many made-up stations a flood has at least, unless the attack was set to fewer. */
    static final int FLOOD_STATIONS = 1000;

    private static final Pattern FLOOD_REPORT =
            Pattern.compile("sent frames of ([0-9]{1,9}) made-up stations");

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

    private boolean flooded() throws MissingEvidenceException {
        long stations = sent().filter(frame -> run.machines().values().stream()
                        .noneMatch(machine -> frame.from(machine.mac())))
                .mapToLong(SeenFrame::source)
                .distinct()
                .count();
        return stations >= Math.min(FLOOD_STATIONS, reportedStations());
    }

    private long reportedStations() {
        return run.events(Event.AttackReported.class).stream()
                .filter(report -> report.actor().equals(attempt.adversary())
                        && report.subject().equals(attempt.attack()))
                .map(report -> FLOOD_REPORT.matcher(report.outcome()))
                .filter(Matcher::matches)
                .mapToLong(report -> Math.max(1, Long.parseLong(report.group(1))))
                .findFirst()
                .orElse(FLOOD_STATIONS);
    }
}
