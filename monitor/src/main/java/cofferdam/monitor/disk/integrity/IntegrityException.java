package cofferdam.monitor.disk.integrity;

import java.io.IOException;

/** A disk is not what its trusted root says. */
public final class IntegrityException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient DamagedRange range;

    IntegrityException(DamagedRange range) {
        super(range.toString());
        this.range = range;
    }

    /** What is damaged: of a disk that is read or written, the first block. */
    public DamagedRange range() {
        return range;
    }
}
