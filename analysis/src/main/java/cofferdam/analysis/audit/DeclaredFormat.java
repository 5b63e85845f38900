package cofferdam.analysis.audit;

import java.util.Locale;

/** What whoever asks for an audit says that an image is; {@link #AUTO} leaves it to its signature. */
public enum DeclaredFormat {
    AUTO,
    RAW,
    QCOW2,
    VMDK,
    VPC;

    /** The format as {@code qemu-img} calls it, or {@code auto}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
