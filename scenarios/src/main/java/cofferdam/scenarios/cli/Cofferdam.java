package cofferdam.scenarios.cli;

import picocli.CommandLine.Command;

/** The program. */
@Command(name = "cofferdam")
public final class Cofferdam {
    private Cofferdam() {}
}
