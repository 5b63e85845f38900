package cofferdam.monitor.image;

import java.io.IOException;

/** States of a disk that its image keeps. */
public interface KeptStates {

    /**
     * Keeps the state as it is now.
     *
     * @param seconds when that is, in seconds since 1970
     * @throws IOException if there is one of that name, or the file refuses
     */
    void take(String name, long seconds) throws IOException;

    /**
     * Deletes a kept state.
     *
     * @throws IOException if there is none of that name, or the file refuses
     */
    void delete(String name) throws IOException;
}
