package cofferdam.monitor.evidence;

import java.util.List;

/** Where a host writes what happens: events in order, and one capture for each vantage. */
public interface Evidence {

    /** The size in bytes of the blocks of a host's storage by which the space of files is told. */
    int SPACE_BLOCK = 64 << 10;

    /** Appends an event. Its time must not be before that of the event before it. */
    void record(Event event);

    /**
     * The capture of one vantage, such as {@code vm2} or {@code uplink}; made at the first call.
     */
    VantageCapture capture(String vantage);

    /**
     * Keeps an image file as it is now.
     *
     * @param moment when this is, in lower-case letters, digits and hyphens; a run's moments come in
     *     the order of the events
     * @param name the name of the image file on the host
     * @param bytes not copied
     * @param space the numbers of the blocks of the host's storage that the file has, each of {@link
     *     #SPACE_BLOCK} bytes, in its order
     */
    void image(String moment, String name, byte[] bytes, List<Integer> space);

    /**
     * Keeps what a machine read from its own disk, block by block from offset 0 on.
     *
     * @param bytes not copied
     * @return the name of the file in the run's folder that has them
     */
    String deviceRead(String machine, byte[] bytes);

    /**
     * Keeps memory that somebody read.
     *
     * @param reader who read it
     * @param bytes not copied
     * @return the name of the file in the run's folder that has them
     */
    String memoryRead(String reader, byte[] bytes);
}
