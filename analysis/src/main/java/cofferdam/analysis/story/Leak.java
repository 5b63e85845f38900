package cofferdam.analysis.story;

import java.util.List;

/** The way that something took to where it should not be. */
public sealed interface Leak {

    /** Whose it was. */
    String from();

    /** Where it came to light: a machine, or a vantage that is none. */
    String seenBy();

    /**
     * A frame that was seen where it should not be, or should not have been sent.
     *
     * @param from the machine whose own capture has it going out; if none has, what its source
     *     address says
     * @param meantFor the machine of its destination address, or that address
     * @param sightings every capture that has the frame, by time
     */
    record OfFrame(String from, String meantFor, String seenBy, List<Sighting> sightings)
            implements Leak {
        public OfFrame {
            sightings = List.copyOf(sightings);
        }
    }

    /**
     * Bytes that were found in a file.
     *
     * @param file its name in the run's folder
     */
    record OfBytes(String from, String seenBy, String file) implements Leak {}

    /**
     * A frame as a capture has it.
     *
     * @param number as Wireshark counts, from 1
     * @param time nanoseconds since the run's first event
     * @param sent whether the machine of that capture sent it
     */
    record Sighting(String vantage, int number, long time, boolean sent) {}
}
