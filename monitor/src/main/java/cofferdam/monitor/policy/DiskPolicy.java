package cofferdam.monitor.policy;

/**
 * How the disks of guests are kept on the host.
 *
 * @param format the container of an image file
 * @param encryption how a guest's bytes are enciphered before they reach the container
 * @param integrity how changes made behind the guest's back are noticed
 * @param zeroOnAllocate whether space is cleared before a new image gets it
 * @param probeFormat whether the monitor guesses an image's format from its first bytes whenever it
 *     opens it, instead of keeping to the one that the image was made with
 * @param lock whether nobody else can open the image of a machine that runs
 * @param rateLimit how many bytes a second a machine may read and write, in whole mebibytes up to
 *     {@link #MAXIMUM_RATE}; 0 without limit
 */
public record DiskPolicy(
        Format format,
        Encryption encryption,
        Integrity integrity,
        boolean zeroOnAllocate,
        boolean probeFormat,
        boolean lock,
        long rateLimit) {

    /** The least and the greatest limit in bytes a second. */
    public static final long MINIMUM_RATE = 1L << 20;

    public static final long MAXIMUM_RATE = 1L << 30;

    /** The container of an image file. */
    public enum Format {
        /** The guest's bytes and nothing else. */
        RAW,
        /** QEMU's qcow2, version 3, clusters of 64 KiB. */
        QCOW2,
        /** VMware's monolithic sparse extent. */
        VMDK,
        /** Microsoft's dynamic virtual hard disk. */
        VHD
    }

    /** How a guest's bytes are enciphered. */
    public enum Encryption {
        NONE,
        /** A LUKS2 volume in a raw image. */
        LUKS2,
        /** A LUKS header inside a qcow2 image. */
        QCOW2_LUKS
    }

    /** How changes made behind the guest's back are noticed. */
    public enum Integrity {
        NONE,
        /** A hash tree over the image file, compared before a machine starts on it. */
        HASH,
        /**
         * Every block enciphered and authenticated, under a root that the monitor keeps outside the
         * image, so that an older block or an older image is noticed too.
         */
        AEAD
    }
}
