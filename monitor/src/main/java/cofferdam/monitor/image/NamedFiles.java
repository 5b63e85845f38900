package cofferdam.monitor.image;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;

/** The files beside an image, which it may name. */
@FunctionalInterface
public interface NamedFiles {

    /**
     * The file of that name.
     *
     * @throws java.io.FileNotFoundException if there is none
     * @throws IOException if it cannot be read
     */
    ByteSource open(String name) throws IOException;
}
