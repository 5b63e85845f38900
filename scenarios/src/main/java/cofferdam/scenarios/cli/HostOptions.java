package cofferdam.scenarios.cli;

import cofferdam.monitor.DriverOptions;
import cofferdam.monitor.Monitor;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The options that say how hosts are started. */
final class HostOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Fixes every choice of a run: a whole number from 0 to 2^63-1 (default:"
                    + " ${DEFAULT-VALUE}). Real guests make choices of their own.")
    private long seed;

    @Option(
            names = "--kernel",
            paramLabel = "FILE",
            description = "The kernel that real guests boot (default: an installed one).")
    private Optional<Path> kernel = Optional.empty();

    @Option(
            names = "--modules",
            paramLabel = "DIR",
            description = "The folder of that kernel's modules (default: the one that belongs to"
                    + " it).")
    private Optional<Path> modules = Optional.empty();

    /** What fixes every choice; problems go to the choices. */
    long seed(Choices choices) {
        return choices.seed(seed);
    }

    /** The monitors there are, with these options; problems go to the choices. */
    List<Monitor> monitors(Choices choices) {
        if (kernel.isPresent() && !Files.isReadable(kernel.get())) {
            choices.reject("--kernel '%s' cannot be read".formatted(kernel.get()));
        }
        if (modules.isPresent() && !Files.isDirectory(modules.get())) {
            choices.reject("--modules '%s' is no folder".formatted(modules.get()));
        }
        return Cofferdam.monitors(command).all(new DriverOptions(kernel, modules));
    }
}
