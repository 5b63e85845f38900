package cofferdam.scenarios.cli;

import cofferdam.scenarios.inspect.WiresharkProfile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code cofferdam wireshark-profile}: installs a profile for Wireshark. */
@Command(
        name = "wireshark-profile",
        description = {
            "Install a profile for Wireshark and tshark.",
            "It colours the frames that prove a violation, and shows their comments and interfaces as columns."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the profile is installed",
            "2:there is another of that name, or it cannot be written"
        })
final class WiresharkProfileCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Wireshark's configuration folder (default: wireshark in "
                    + "$XDG_CONFIG_HOME, or in ~/.config).")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--force",
            description = "Replace a profile of that name that somebody else made or changed.")
    private boolean force;

    @Override
    public Integer call() throws BadInputException {
        WiresharkProfile profile = new WiresharkProfile(
                folder.orElseGet(() -> ConfigurationFolder.base().resolve("wireshark")));
        try {
            if (!force && !profile.isReplaceable()) {
                throw new BadInputException(
                        "'%s' is not as Cofferdam installed it; --force replaces it"
                                .formatted(profile.folder()));
            }
            profile.install();
        } catch (IOException e) {
            throw new BadInputException(
                    "'%s' cannot be written: %s".formatted(profile.folder(), e));
        }
        spec.commandLine()
                .getOut()
                .println("installed %s; use it with: wireshark -C %s"
                        .formatted(
                                Terminal.safe(profile.folder().toString()), WiresharkProfile.NAME));
        return 0;
    }
}
