package cofferdam.analysis.evidence;

import java.util.Set;

/**
 * An image file of the host as it was at one moment of the run.
 *
 * @param moment when, as the run names it
 * @param name the image file's name on the host
 * @param file the file in the run's folder that has the bytes
 * @param sha256 of the bytes, 64 hexadecimal digits; computed from them
 * @param space the numbers of the blocks of the host's storage that the file has, if known
 */
public record KeptImage(
        String moment, String name, String file, String sha256, byte[] bytes, Set<Long> space) {

    public KeptImage {
        space = Set.copyOf(space);
    }
}
