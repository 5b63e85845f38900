package cofferdam.monitor.guest.load;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.LoadClient;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;

import java.time.Duration;
import java.util.function.Consumer;

/** A machine's client of the page service. */
public final class PageClient implements LoadClient {

    private final String machine;
    private final Datagrams datagrams;
    private final Timeline timeline;
    private final Consumer<Event> events;

    /** @param machine its name */
    public PageClient(
            String machine, Datagrams datagrams, Timeline timeline, Consumer<Event> events) {
        this.machine = machine;
        this.datagrams = datagrams;
        this.timeline = timeline;
        this.events = events;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if rate or span are not positive, or they make more than
     *     {@link LoadClient#MAXIMUM_REQUESTS}
     */
    @Override
    public Operation request(Machine to, int rate, Duration span, String label) {
        Measurement measurement = new Measurement(machine, to, rate, span, label);
        measurement.start(datagrams, timeline, events);
        return measurement;
    }
}
