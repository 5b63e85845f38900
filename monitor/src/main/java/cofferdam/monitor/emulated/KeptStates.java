package cofferdam.monitor.emulated;

import java.io.IOException;

/** States of a disk that its image keeps. */
interface KeptStates {

    void take(String name, long seconds) throws IOException;

    void delete(String name) throws IOException;
}
