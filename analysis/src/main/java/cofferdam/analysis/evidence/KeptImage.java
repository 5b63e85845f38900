package cofferdam.analysis.evidence;

/** An image file of the host as it was at some moment of the run. */
public final class KeptImage {

    private final String name;
    private final String file;
    private final String sha256;
    private final byte[] bytes;

    KeptImage(String name, String file, String sha256, byte[] bytes) {
        this.name = name;
        this.file = file;
        this.sha256 = sha256;
        this.bytes = bytes;
    }

    /** The image file's name on the host. */
    public String name() {
        return name;
    }

    /** The file in the run's folder that has the bytes. */
    public String file() {
        return file;
    }

    /** The SHA-256 of the bytes, 64 hexadecimal digits; they were held against it. */
    public String sha256() {
        return sha256;
    }

    /** The bytes, which are not copied. */
    public byte[] bytes() {
        return bytes;
    }
}
