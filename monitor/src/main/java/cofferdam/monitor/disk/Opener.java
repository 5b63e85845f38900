package cofferdam.monitor.disk;

import java.io.IOException;
import java.util.Optional;

/** Decides whether another file that an image names is opened, and opens it. */
@FunctionalInterface
public interface Opener {

    /** Opens nothing. */
    Opener NOTHING = reference -> Optional.empty();

    /**
     * The file; empty where it is not to be opened, or not there, which are not told apart.
     *
     * @throws IOException if an allowed file cannot be read
     */
    Optional<ByteSource> open(Reference reference) throws IOException;
}
