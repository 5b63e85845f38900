package cofferdam.monitor;

import cofferdam.monitor.emulated.EmulatedMonitor;
import cofferdam.monitor.qemu.QemuMonitor;
import cofferdam.monitor.uml.UmlMonitor;

import java.util.List;
import java.util.Optional;

/** The monitors there are. */
public final class Monitors {

    private Monitors() {}

    /** All of them, the default first. */
    public static List<Monitor> all() {
        return all(DriverOptions.NONE);
    }

    /**
     * All of them, the default first.
     *
     * @param options for those with real guests
     */
    public static List<Monitor> all(DriverOptions options) {
        return List.of(new EmulatedMonitor(), new QemuMonitor(options), new UmlMonitor());
    }

    /** The monitor of that name. */
    public static Optional<Monitor> named(String name) {
        return named(name, DriverOptions.NONE);
    }

    /**
     * The monitor of that name.
     *
     * @param options for monitors with real guests
     */
    public static Optional<Monitor> named(String name, DriverOptions options) {
        return all(options).stream()
                .filter(monitor -> monitor.name().equals(name))
                .findFirst();
    }
}
