package cofferdam.monitor.qemu;

/** x. */
public final class QemuMonitor {
    static final String NAME = "qemu";
    private QemuMonitor() {}
}
