package cofferdam.analysis.evidence;

/**
 * An image file of the host as it was at some moment of the run.
 *
 * @param name the image file's name on the host
 * @param file the file in the run's folder that has the bytes
 * @param sha256 of the bytes, 64 hexadecimal digits; they were held against it
 */
public record KeptImage(String name, String file, String sha256, byte[] bytes) {}
