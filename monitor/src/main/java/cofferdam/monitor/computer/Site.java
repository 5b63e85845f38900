package cofferdam.monitor.computer;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;

import java.util.function.LongFunction;

/** The clock of a host and the record of what happens there. */
record Site(Timeline timeline, Evidence evidence) {

    void record(LongFunction<Event> event) {
        evidence.record(event.apply(timeline.now()));
    }
}
