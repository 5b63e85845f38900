package cofferdam.monitor.evidence;

import cofferdam.monitor.address.MacAddress;

/** What was seen from one vantage, on one or more interfaces. */
public interface VantageCapture {

    /**
     * Adds an interface.
     *
     * @return its number in this capture, from 0
     */
    int addInterface(String name, String description, MacAddress address);

    /**
     * Appends a frame; the bytes are copied.
     *
     * @param interfaceNumber what {@link #addInterface} gave
     * @param time nanoseconds since 1970-01-01T00:00:00Z
     */
    void frame(
            int interfaceNumber,
            long time,
            Direction direction,
            byte[] bytes,
            int offset,
            int length);
}
