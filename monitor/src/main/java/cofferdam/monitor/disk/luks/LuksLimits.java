package cofferdam.monitor.disk.luks;

/** How much a header may ask for. */
final class LuksLimits {

    /** The largest volume key in bytes; the largest cipher takes 64. */
    static final int KEY = 512;

    /** The most stripes of a key; every tool makes 4000. */
    static final int STRIPES = 8192;

    /** The most key slots, segments and digests of LUKS2 each. */
    static final int OBJECTS = 32;

    /** The largest header of LUKS2 with its JSON area in bytes: 4 MiB. */
    static final int HEADER = 1 << 22;

    /** The longest salt or digest in bytes. */
    static final int SALT = 1024;

    private LuksLimits() {}
}
