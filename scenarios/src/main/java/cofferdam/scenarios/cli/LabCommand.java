package cofferdam.scenarios.cli;

import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.recording.LiveEvidence;
import cofferdam.scenarios.lab.Lab;
import cofferdam.scenarios.lab.LabConsole;
import cofferdam.scenarios.lab.LabException;
import cofferdam.scenarios.lab.PortSpec;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** {@code cofferdam lab}. */
@Command(
        name = "lab",
        description = {
            "Live with an emulated host in real time: attach real guests and real programs to it,"
                    + " and attack by hand.",
            "Reads commands from standard input, a line each; 'help' lists them. Nothing is"
                    + " attached that is not named."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class LabCommand implements Callable<Integer> {

    private static final long MAXIMUM_RUN_SECONDS = 31_536_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            required = true,
            completionCandidates = Candidates.OfPolicies.class,
            description = "A policy or a policy file.")
    private String policy;

    @Option(
            names = "--attach",
            paramLabel = "KIND:WHERE[,OPTION]...",
            description = {
                "A port for a machine that is not emulated; may be given again. Kinds:",
                "  unix:PATH        listen on a UNIX stream socket, framed as QEMU does",
                "  connect:PATH     connect to one",
                "  udp:LOCAL:REMOTE two UDP ports of 127.0.0.1",
                "  bess:PATH        listen on a UNIX socket of packets (User-mode Linux)",
                "  packet:INTERFACE an interface of this computer",
                "  tap:NAME         a TAP device of this computer",
                "Options: mac=MAC and ip=ADDRESS are what the policy trusts the machine to have,"
                        + " outside puts it beside Source instead of on a guest's port, promiscuous"
                        + " says that its interface asks for everything."
            })
    private List<String> attach = new ArrayList<>();

    @Option(
            names = "--promiscuous",
            paramLabel = "MACHINE",
            description = "A machine that asks for promiscuous mode; may be given again.")
    private List<String> promiscuous = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write events and a capture of each vantage into this folder, which must"
                    + " be new or empty (default: they are counted alone).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--run",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Live on for so long after the end of standard input (default:"
                    + " ${DEFAULT-VALUE}).")
    private long run;

    @Option(names = "--quiet", description = "Say nothing but what commands answer.")
    private boolean quiet;

    @Override
    public Integer call() throws BadInputException {
        Choices choices = new Choices();
        List<Policy> policies = choices.policies(List.of(policy));
        List<PortSpec> ports = ports(choices);
        if (run < 0 || run > MAXIMUM_RUN_SECONDS) {
            choices.reject(
                    "--run %d is not from 0 to %d seconds".formatted(run, MAXIMUM_RUN_SECONDS));
        }
        choices.check();
        try (Farewell farewell = new Farewell();
                RealTime time = new RealTime();
                LiveEvidence evidence = evidence();
                Lab lab = Lab.start(policies.getFirst(), ports, time, evidence)) {
            live(lab, time, farewell);
        } catch (LabException refused) {
            throw new BadInputException(String.valueOf(refused.getMessage()));
        }
        out.ifPresent(folder -> say("evidence: " + folder));
        return 0;
    }

    private List<PortSpec> ports(Choices choices) {
        List<PortSpec> ports = new ArrayList<>();
        for (String text : attach) {
            try {
                ports.add(PortSpec.parse(text, ports.size() + 1));
            } catch (IllegalArgumentException wrong) {
                choices.reject(String.valueOf(wrong.getMessage()));
            }
        }
        return ports;
    }

    private LiveEvidence evidence() throws BadInputException {
        if (out.isEmpty()) {
            return LiveEvidence.inMemory();
        }
        try {
            return LiveEvidence.into(out.get());
        } catch (IOException unwritable) {
            throw new BadInputException("--out: " + unwritable.getMessage());
        }
    }

    private void live(Lab lab, RealTime time, Farewell farewell) throws BadInputException {
        LabConsole console = new LabConsole(lab, new SplittableRandom(time.now()));
        List<String> refused = promiscuous.stream()
                .flatMap(machine -> console.execute("promiscuous " + machine + " on").stream())
                .filter(line -> line.startsWith("error: "))
                .toList();
        if (!refused.isEmpty()) {
            throw new BadInputException(refused);
        }
        console.banner().forEach(this::say);
        LabSession session = new LabSession(time, console, Duration.ofSeconds(run));
        farewell.by(session::end);
        session.live(LabInput.open(console, printer()));
    }

    private PrintWriter printer() {
        return spec.commandLine().getOut();
    }

    private void say(String line) {
        if (!quiet) {
            printer().println(Terminal.safe(line));
        }
    }
}
