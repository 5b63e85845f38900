package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.Region;

import java.util.Locale;
import java.util.Set;

/**
 * Whose bytes an attribute's are, and what they are.
 *
 * @param record the file's record
 * @param path with the stream's name where it has one
 * @param live whether the file exists
 * @param content what its content counts as
 */
record Owner(long record, String path, boolean live, Region content) {

    /** Records below this are the volume's own files, $MFT to $Extend and some in reserve. */
    private static final int FIRST_FREE_RECORD = 16;

    private static final String EXTEND = "/$Extend/";

    /** The kernel writes into these past the file system, so nothing in them is told apart. */
    private static final Set<String> SWAP_FILES =
            Set.of("/pagefile.sys", "/hiberfil.sys", "/swapfile.sys");

    static Owner of(MftRecord record, String path) {
        return new Owner(record.number(), path, record.inUse(), content(record, path));
    }

    /** The same under another path. */
    Owner at(String path) {
        return new Owner(record, path, live, content);
    }

    /** Of the content of the stream with this name; empty for the file's own. */
    Owner stream(String name) {
        return name.isEmpty() ? this : new Owner(record, path + ":" + name, live, notSwap());
    }

    /** Of what the file system keeps about the file: indexes, lists, bitmaps. */
    Owner structure() {
        return new Owner(record, path, live, live ? Region.METADATA : Region.UNALLOCATED);
    }

    private Region notSwap() {
        return content == Region.SWAP ? Region.ALLOCATED : content;
    }

    private static Region content(MftRecord record, String path) {
        if (!record.inUse()) {
            return Region.UNALLOCATED;
        }
        boolean system = record.number() < FIRST_FREE_RECORD && record.number() != Paths.ROOT;
        if (system || path.startsWith(EXTEND)) {
            return Region.METADATA;
        }
        return SWAP_FILES.contains(path.toLowerCase(Locale.ROOT)) ? Region.SWAP : Region.ALLOCATED;
    }
}
