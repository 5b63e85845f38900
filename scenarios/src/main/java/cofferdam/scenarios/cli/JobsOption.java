package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;

import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;

/** How many runs go on at once. */
final class JobsOption {

    private static final int MAXIMUM_JOBS = 64;

    /** Real guests need memory and a processor each. */
    private static final int PRESET_OF_REAL_GUESTS = 2;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many runs go on at once, from 1 to 64 (default: as many as there are"
                    + " processors; with real guests at most 2).")
    private Optional<Integer> jobs = Optional.empty();

    /** The number, for runs on these monitors; problems go to the choices. */
    int number(Choices choices, List<Monitor> monitors) {
        int number = jobs.orElseGet(() -> preset(monitors));
        if (number < 1 || number > MAXIMUM_JOBS) {
            choices.reject("--jobs %d is not from 1 to %d".formatted(number, MAXIMUM_JOBS));
        }
        return number;
    }

    private static int preset(List<Monitor> monitors) {
        int most = monitors.stream().allMatch(Monitor::repeatable)
                ? MAXIMUM_JOBS
                : PRESET_OF_REAL_GUESTS;
        return Math.min(most, Runtime.getRuntime().availableProcessors());
    }
}
