package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.DiskImage;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.util.List;

/** Recognises and opens container formats. */
interface Formats {

    /** The format of everything without a signature. */
    String RAW = "raw";

    /**
     * The formats whose signatures a file carries, the one to take first; empty for a raw image.
     *
     * @throws IOException if the file cannot be read
     */
    List<String> signatures(ByteSource file) throws IOException;

    /**
     * Opens an image that is taken for this format, without its backing.
     *
     * @param opener asked for extents alone
     * @throws cofferdam.monitor.disk.MalformedImageException if it is not one, or is one that is not
     *     read
     * @throws IOException if the file cannot be read
     */
    Opened open(String format, ByteSource file, Opener opener, Unlocker unlocker)
            throws IOException;

    /**
     * An opened image.
     *
     * @param unlocked whether it is enciphered and its views are deciphered all the same
     * @param problems of its encryption
     * @param withBacking the same image, which reads what it does not have itself from a disk
     */
    record Opened(DiskImage image, boolean unlocked, List<Problem> problems, Stacking withBacking) {

        /** An image that stands alone and is not enciphered. */
        static Opened alone(DiskImage image) {
            return new Opened(image, false, List.of(), disk -> image);
        }
    }

    /** Puts an image upon the disk behind it. */
    @FunctionalInterface
    interface Stacking {
        DiskImage on(ByteSource disk) throws IOException;
    }
}
