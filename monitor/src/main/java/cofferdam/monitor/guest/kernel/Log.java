package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.evidence.ProcessEnd;

import java.util.function.Consumer;

/** What a machine's kernel tells of itself. A machine that is off tells nothing. */
final class Log {

    private final String machine;
    private final Timeline timeline;
    private final Consumer<Event> events;
    private boolean closed;

    Log(String machine, Timeline timeline, Consumer<Event> events) {
        this.machine = machine;
        this.timeline = timeline;
        this.events = events;
    }

    void close() {
        closed = true;
    }

    void heartbeat(String process, long number, String digest) {
        write(new Event.Heartbeat(timeline.now(), machine, process, number, digest));
    }

    void processEnded(String process, ProcessEnd end, String detail) {
        write(new Event.ProcessEnded(timeline.now(), machine, process, end, detail));
    }

    void sabotaged(String how, String outcome) {
        write(new Event.SystemSabotaged(timeline.now(), machine, how, outcome));
    }

    void ended(MachineEnd end, String detail) {
        write(new Event.MachineEnded(timeline.now(), machine, end, detail));
    }

    private void write(Event event) {
        if (!closed) {
            events.accept(event);
        }
    }
}
