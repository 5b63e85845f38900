package cofferdam.monitor.evidence;

/** Where a host writes what happens: events in order, and one capture for each vantage. */
public interface Evidence {

    /** Appends an event. Its time must not be before that of the event before it. */
    void record(Event event);

    /**
     * The capture of one vantage, such as {@code vm2} or {@code uplink}; made at the first call.
     */
    VantageCapture capture(String vantage);
}
