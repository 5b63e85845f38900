package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitors;
import cofferdam.scenarios.result.Summary;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The program. */
@Command(
        name = "cofferdam",
        description = {
            "Tests the isolation of virtual machine monitors and answers with evidence:",
            "can one party see, change or stop what belongs to another?"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            CompareCommand.class,
            AgreeCommand.class,
            AuditCommand.class,
            VerifyCommand.class,
            InspectCommand.class,
            WiresharkProfileCommand.class,
            ReportCommand.class,
            ListCommand.class,
            SchemaCommand.class,
            LabCommand.class,
            DoctorCommand.class,
            GuestKernelCommand.class,
            GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all as it should be: upheld, accepted, known by --baseline, or as --expect says",
            "1:a violation, or a verdict other than the expected one",
            "2:bad input or usage",
            "3:inconclusive, or the testbed failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cofferdam run                                    the suites core and network against the thesis of 2003",
            "  cofferdam run arp-poisoning --policy hardened    one scenario, one policy",
            "  cofferdam run my-scenario.yaml --policy my-policy.yaml --format json",
            "  cofferdam compare --policy A --policy B          which of these to run, and why",
            "  cofferdam agree --monitor A --monitor B          whether monitors give the same verdicts",
            "  cofferdam audit disk.qcow2                       what a disk image gives away",
            "  cofferdam list scenarios"
        })
public final class Cofferdam implements Runnable {

    private static final int EXIT_BAD_INPUT = 2;

    private final MonitorSource monitors;

    @Spec
    private CommandSpec spec;

    private Cofferdam(MonitorSource monitors) {
        this.monitors = monitors;
    }

    /** Where the program that a command is of has its monitors from. */
    static MonitorSource monitors(CommandSpec command) {
        return ((Cofferdam) command.root().userObject()).monitors;
    }

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Numbers are formatted in every part of the program; some locales have digits of their
        // own.
        Locale.setDefault(Locale.ROOT);
        useGivenStandardError();
        // Files and redirected output are UTF-8 whatever the locale, so that two machines print the
        // same bytes.
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(execute(out, err, arguments));
    }

    /** The launcher keeps Java's own words from standard error and says where the real one is. */
    private static void useGivenStandardError() {
        String path = System.getProperty("cofferdam.stderr", "");
        if (path.isEmpty()) {
            return;
        }
        try {
            System.setErr(new PrintStream(
                    new FileOutputStream(path, true), true, StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            System.err.println("cofferdam: standard error cannot be opened as " + path);
        }
    }

    /** Runs the program with these streams and gives its exit code. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return execute(Monitors::all, out, err, arguments);
    }

    /** Runs the program with these monitors and streams and gives its exit code. */
    static int execute(
            MonitorSource monitors, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new Cofferdam(monitors))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Cofferdam::reportUsage)
                .setExecutionExceptionHandler(Cofferdam::reportFailure);
        int exitCode = commandLine.execute(arguments);
        if (out.checkError()) {
            err.println("cofferdam: standard output could not be written to its end");
            return Summary.EXIT_UNDECIDED;
        }
        return exitCode;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    private static int reportUsage(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        command.getErr()
                .println("cofferdam: " + Terminal.safe(String.valueOf(problem.getMessage())));
        command.getErr().printf("see '%s --help'%n", command.getCommandSpec().qualifiedName());
        return EXIT_BAD_INPUT;
    }

    private static int reportFailure(
            Exception problem, CommandLine command, ParseResult arguments) {
        if (problem instanceof BadInputException badInput) {
            badInput.problems()
                    .forEach(line -> command.getErr().println("cofferdam: " + Terminal.safe(line)));
            return EXIT_BAD_INPUT;
        }
        command.getErr()
                .println(
                        "cofferdam: the testbed failed: " + Terminal.safe(String.valueOf(problem)));
        return Summary.EXIT_UNDECIDED;
    }
}
