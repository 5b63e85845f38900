package cofferdam.monitor.disk.integrity;

import java.io.IOException;
import java.util.Optional;

/**
 * A few kilobytes kept by the monitor where whoever can change an image cannot change them: the
 * truth that the image is held against. One disk has one of its own.
 */
public interface TrustedRoot {

    /** What was stored last; empty where nothing ever was. */
    Optional<byte[]> load() throws IOException;

    /** Puts these bytes, at most 8 KiB, in the place of what was there, all or nothing. */
    void store(byte[] bytes) throws IOException;

    /** A root that lasts as long as the object. */
    static TrustedRoot inMemory() {
        return new MemoryRoot();
    }
}
