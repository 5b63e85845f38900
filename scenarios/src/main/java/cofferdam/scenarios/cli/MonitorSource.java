package cofferdam.scenarios.cli;

import cofferdam.monitor.DriverOptions;
import cofferdam.monitor.Monitor;

import java.util.List;

/** Where the program has its monitors from. */
@FunctionalInterface
interface MonitorSource {

    /** All monitors, the default first. */
    List<Monitor> all(DriverOptions options);
}
