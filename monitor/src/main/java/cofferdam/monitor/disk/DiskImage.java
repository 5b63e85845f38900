package cofferdam.monitor.disk;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * An opened image of any format, for reading. Opening reads the header and the tables that are
 * bounded by a constant; the rest is read when asked for. Nothing is ever written.
 */
public interface DiskImage {

    /** Its format as {@code qemu-img} calls it: {@code raw}, {@code qcow2}, {@code vmdk}, {@code vpc}. */
    String format();

    /** The size of the disk that a guest sees, in bytes. */
    long virtualSize();

    /** How the container enciphers its data. */
    ContainerEncryption encryption();

    /** The image file itself, and after it those of the files that it names that were opened. */
    List<ByteSource> files();

    /** The disks and saved memories inside, the active disk first. */
    List<View> views();

    /** The files that it names, opened or not. */
    List<Reference> references();

    /** The structural problems that opening showed. */
    List<Problem> problems();

    /**
     * Walks all tables, each once however often it is referred to, and tells every run of bytes that
     * they account for: the guest's in order of guest offset for each view, and the container's own
     * structures. Neighbouring runs are joined. What is not told of a file is not accounted for by
     * anything: leaked, or past the end. Memory stays bounded whatever the tables say.
     *
     * @return the problems that only the whole walk shows
     * @throws MalformedImageException if the tables cannot be walked at all
     */
    List<Problem> walk(Consumer<Extent> visitor) throws IOException;

    /**
     * The guest's bytes of a {@link Extent.Kind#COMPRESSED} extent, decompressed: at most its guest
     * length.
     *
     * @throws MalformedImageException if it does not decompress
     */
    byte[] decode(Extent extent) throws IOException;
}
