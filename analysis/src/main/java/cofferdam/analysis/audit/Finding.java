package cofferdam.analysis.audit;

import cofferdam.monitor.disk.Region;
import cofferdam.monitor.disk.Severity;

/**
 * One match and where it lies. Offsets are in bytes.
 *
 * @param rule the id of the rule that matched
 * @param severity of the rule
 * @param file the host file that it lies in, as the user or the image names it
 * @param fileOffset in that file; of a match in compressed data, where its compressed cluster begins
 * @param guestOffset on the disk, or in the saved memory, of its layer; {@link #NOWHERE} where no
 *     guest sees it
 * @param layer {@code active}, {@code snapshot:NAME}, {@code backing:N}, {@code vmstate:NAME},
 *     {@code leaked}, {@code zero-flagged} or {@code tail}
 * @param partition counted from 1; 0 where there is none
 * @param fileSystem its type, such as {@code ext4}; empty where there is none
 * @param region what kind of place it is
 * @param path of the file, or deleted file, that it is in; empty where there is none
 * @param stored how its bytes lie in the host file
 * @param copies how many places in the image's layers refer to these same bytes, at least 1
 */
public record Finding(
        String rule,
        Severity severity,
        String file,
        long fileOffset,
        long guestOffset,
        String layer,
        int partition,
        String fileSystem,
        Region region,
        String path,
        Stored stored,
        int copies,
        Match match) {

    /** How the bytes of a match lie in the host file. */
    public enum Stored {
        /** As they are. */
        PLAIN,
        /** As they are, in pieces that are apart. */
        SPLIT,
        /** Compressed. */
        COMPRESSED,
        /** Enciphered: they were found because a key was given. */
        ENCIPHERED
    }

    /** The guest offset of what no guest sees. */
    public static final long NOWHERE = -1;

    /** Bytes that nothing in the container accounts for, though others after them are. */
    public static final String LEAKED = "leaked";

    /** Bytes behind everything that the container accounts for. */
    public static final String TAIL = "tail";

    /** Bytes that the guest reads as zeros. */
    public static final String ZERO_FLAGGED = "zero-flagged";
}
