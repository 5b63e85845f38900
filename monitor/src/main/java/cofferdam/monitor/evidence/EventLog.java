package cofferdam.monitor.evidence;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The events of a run as a file: JSON Lines in UTF-8, one event a line, each line ended by a line
 * feed. The members of a line are {@code time}, {@code event} (the kind), then the event's own in
 * the order in which {@link Event} declares them; addresses are text.
 */
public final class EventLog {

    /** The longest line, in bytes. */
    public static final int MAXIMUM_LINE_BYTES = 65_536;

    /** The most events of a log. */
    public static final int MAXIMUM_EVENTS = 1_000_000;

    private static final JsonMapper MAPPER = EventMapper.create();
    private static final ObjectReader READER = MAPPER.readerFor(Event.class);

    private EventLog() {}

    /**
     * Writes a log.
     *
     * @throws IllegalArgumentException if there are more than {@link #MAXIMUM_EVENTS}, or one makes
     *     a line longer than {@link #MAXIMUM_LINE_BYTES}
     */
    public static byte[] write(List<Event> events) {
        if (events.size() > MAXIMUM_EVENTS) {
            throw new IllegalArgumentException(
                    "%d events are more than %d".formatted(events.size(), MAXIMUM_EVENTS));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Event event : events) {
            byte[] line = line(event);
            if (line.length > MAXIMUM_LINE_BYTES) {
                throw new IllegalArgumentException(
                        "event at %d makes a line of %d bytes, more than %d"
                                .formatted(event.time(), line.length, MAXIMUM_LINE_BYTES));
            }
            out.writeBytes(line);
            out.write('\n');
        }
        return out.toByteArray();
    }

    /** Jackson writes the kind first; readers of the file look for the time there. */
    private static byte[] line(Event event) {
        ObjectNode members = MAPPER.valueToTree(event);
        ObjectNode line = MAPPER.createObjectNode();
        line.set("time", members.remove("time"));
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            line.set(member.getKey(), member.getValue());
        }
        return MAPPER.writeValueAsBytes(line);
    }

    /**
     * Reads a log.
     *
     * @throws EvidenceException if a line is no event in exactly the form that {@link #write}
     *     gives, if time goes back, or if the log is beyond a limit; the message names the line,
     *     from 1
     */
    public static List<Event> read(byte[] log) throws EvidenceException {
        List<Event> events = new ArrayList<>();
        long before = Long.MIN_VALUE;
        int start = 0;
        while (start < log.length) {
            int number = events.size() + 1;
            int end = endOfLine(log, start, number);
            Event event = event(log, start, end - start, number);
            if (event.time() < before) {
                throw malformed(
                        number, "time goes back from %d to %d".formatted(before, event.time()));
            }
            before = event.time();
            events.add(event);
            start = end + 1;
        }
        return List.copyOf(events);
    }

    private static int endOfLine(byte[] log, int start, int number) throws EvidenceException {
        if (number > MAXIMUM_EVENTS) {
            throw malformed(number, "more than %d events".formatted(MAXIMUM_EVENTS));
        }
        int limit = Math.min(log.length, start + MAXIMUM_LINE_BYTES + 1);
        for (int at = start; at < limit; at++) {
            if (log[at] == '\n') {
                return at;
            }
        }
        throw malformed(
                number,
                limit == log.length
                        ? "no line feed at the end"
                        : "longer than %d bytes".formatted(MAXIMUM_LINE_BYTES));
    }

    private static Event event(byte[] log, int start, int length, int number)
            throws EvidenceException {
        try {
            Event event = READER.readValue(log, start, length);
            if (event == null) {
                throw malformed(number, "no event");
            }
            return event;
        } catch (JacksonException e) {
            throw new EvidenceException("line %d: %s".formatted(number, e.getOriginalMessage()), e);
        }
    }

    private static EvidenceException malformed(int number, String what) {
        return new EvidenceException("line %d: %s".formatted(number, what));
    }
}
