package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;

import picocli.CommandLine.Option;

import java.util.Optional;

/** One monitor. */
final class MonitorOption {

    @Option(
            names = "--monitor",
            paramLabel = "MONITOR",
            completionCandidates = Candidates.OfMonitors.class,
            defaultValue = "emulated",
            description = "The monitor to run on (default: ${DEFAULT-VALUE}).")
    private String monitor;

    /** The monitor, if it is known and works here; problems go to the choices. */
    Optional<Monitor> monitor(Choices choices, HostOptions options) {
        return choices.monitor(monitor, options.monitors(choices));
    }
}
