package cofferdam.monitor;

import cofferdam.monitor.emulated.EmulatedMonitor;

import java.util.List;
import java.util.Optional;

/** The monitors there are. */
public final class Monitors {

    private static final List<Monitor> ALL = List.of(new EmulatedMonitor());

    private Monitors() {}

    /** All of them, the default first. */
    public static List<Monitor> all() {
        return ALL;
    }

    /** The monitor of that name. */
    public static Optional<Monitor> named(String name) {
        return ALL.stream().filter(monitor -> monitor.name().equals(name)).findFirst();
    }
}
