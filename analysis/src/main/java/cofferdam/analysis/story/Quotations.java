package cofferdam.analysis.story;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Quotes the lines of the event log that a judgement rests on. */
final class Quotations {

    /** The most lines that prove something. */
    static final int MAXIMUM_PROOFS = 8;

    /** The most lines that tell when attacks were. */
    static final int MAXIMUM_CONTEXT = 6;

    /** The most lines that tell what the monitor has otherwise than the policy asks. */
    static final int MAXIMUM_SETTINGS = 12;

    /** A longer value is cut. */
    static final int MAXIMUM_TEXT = 160;

    /** A list that has nothing in it. */
    private static final String NOTHING = "[]";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Set<String> OWN_COLUMNS =
            Set.of("time", "event", "actor", "subject", "outcome");

    private Quotations() {}

    static List<QuotedEvent> of(Run run, Judgement judgement) {
        Set<Integer> proofs = new HashSet<>();
        for (EvidenceReference reference : judgement.evidence()) {
            if (reference instanceof EventReference events) {
                proofs.addAll(events.lines());
            }
        }
        Set<Integer> lines = new TreeSet<>(
                new TreeSet<>(proofs).stream().limit(MAXIMUM_PROOFS).toList());
        lines.addAll(context(run, Quotations::tells, MAXIMUM_CONTEXT));
        lines.addAll(context(run, Event.SettingNotEnforced.class::isInstance, MAXIMUM_SETTINGS));
        return lines.stream()
                .filter(line -> 1 <= line && line <= run.events().size())
                .map(line -> quote(run, line, proofs.contains(line)))
                .toList();
    }

    private static List<Integer> context(Run run, Predicate<Event> tells, int maximum) {
        return IntStream.rangeClosed(1, run.events().size())
                .filter(line -> tells.test(run.events().get(line - 1)))
                .limit(maximum)
                .boxed()
                .toList();
    }

    private static boolean tells(Event event) {
        return event instanceof Event.AttackStarted
                || event instanceof Event.AttackReported
                || event instanceof Event.AttackStopped
                || event instanceof Event.CapabilityMissing
                || event instanceof Event.RunFinished;
    }

    private static QuotedEvent quote(Run run, int line, boolean proof) {
        Event event = run.events().get(line - 1);
        JsonNode members = MAPPER.readTree(EventLog.write(List.of(event)));
        return new QuotedEvent(
                line,
                event.time() - run.events().getFirst().time(),
                text(members.path("event")),
                text(members.path("actor")),
                text(members.path("subject")),
                text(members.path("outcome")),
                details(members),
                proof);
    }

    private static String details(JsonNode members) {
        List<String> details = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            String value = text(member.getValue());
            boolean tells = !value.isEmpty() && !value.equals(NOTHING);
            if (tells && !OWN_COLUMNS.contains(member.getKey())) {
                details.add(member.getKey() + "=" + value);
            }
        }
        return cut(String.join(" ", details));
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode()) {
            return "";
        }
        return cut(value.isString() ? value.stringValue() : value.toString());
    }

    private static String cut(String text) {
        return text.length() <= MAXIMUM_TEXT
                ? text
                : text.substring(0, MAXIMUM_TEXT)
                        + " and %d more".formatted(text.length() - MAXIMUM_TEXT);
    }
}
