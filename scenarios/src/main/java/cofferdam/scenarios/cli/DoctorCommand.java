package cofferdam.scenarios.cli;

import cofferdam.scenarios.result.Summary;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code cofferdam doctor}. */
@Command(
        name = "doctor",
        description = "Say which monitors and tools work here, and what to install.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the emulated host works", "3:it does not"})
final class DoctorCommand implements Callable<Integer> {

    private static final String LEAST = "emulated";

    private final Diagnosis diagnosis;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private OutputFormat format;

    DoctorCommand() {
        this(new ThisComputer());
    }

    DoctorCommand(Installation installation) {
        this.diagnosis = new Diagnosis(installation);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Diagnosis.Finding> monitors = diagnosis.monitors();
        switch (format) {
            case TEXT -> printText(out, monitors);
            case JSON -> printJson(out, monitors);
        }
        boolean works = monitors.stream()
                .anyMatch(monitor -> monitor.good() && monitor.name().equals(LEAST));
        return works ? 0 : Summary.EXIT_UNDECIDED;
    }

    private void printText(PrintWriter out, List<Diagnosis.Finding> monitors) {
        out.printf("java      %s (%s)%n", Runtime.version(), System.getProperty("java.home"));
        out.println();
        out.println("monitors");
        for (Diagnosis.Finding monitor : monitors) {
            String state = monitor.good() ? "works  " : "missing";
            String text = monitor.good() ? monitor.purpose() : monitor.detail();
            out.printf("  %-10s %s %s%n", monitor.name(), state, Terminal.safe(text));
        }
        printFindings(out, "guests of real monitors", diagnosis.guests());
        printFindings(out, "attackers in a lab", diagnosis.lab());
        printFindings(out, "tools (none is needed to run scenarios)", diagnosis.tools());
    }

    private static void printFindings(
            PrintWriter out, String title, List<Diagnosis.Finding> findings) {
        out.println();
        out.println(title);
        for (Diagnosis.Finding finding : findings) {
            out.printf(
                    "  %-10s %s %s (%s)%n",
                    finding.name(),
                    finding.good() ? "found  " : "missing",
                    finding.purpose(),
                    Terminal.safe(finding.detail()));
        }
    }

    private void printJson(PrintWriter out, List<Diagnosis.Finding> monitors) {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode document = mapper.createObjectNode();
        document.put("java", Runtime.version().toString());
        ArrayNode list = document.putArray("monitors");
        for (Diagnosis.Finding monitor : monitors) {
            ObjectNode node = list.addObject()
                    .put("name", monitor.name())
                    .put("summary", monitor.purpose())
                    .put("works", monitor.good());
            if (!monitor.good()) {
                node.put("reason", monitor.detail());
            }
        }
        addFindings(document.putArray("guests"), diagnosis.guests());
        addFindings(document.putArray("lab"), diagnosis.lab());
        addTools(document.putArray("tools"), diagnosis.tools());
        out.println(mapper.writeValueAsString(document));
    }

    private static void addFindings(ArrayNode list, List<Diagnosis.Finding> findings) {
        for (Diagnosis.Finding finding : findings) {
            list.addObject()
                    .put("name", finding.name())
                    .put("purpose", finding.purpose())
                    .put("found", finding.good())
                    .put("detail", finding.detail());
        }
    }

    private static void addTools(ArrayNode list, List<Diagnosis.Finding> findings) {
        for (Diagnosis.Finding finding : findings) {
            ObjectNode node = list.addObject()
                    .put("name", finding.name())
                    .put("purpose", finding.purpose())
                    .put("found", finding.good());
            finding.install()
                    .ifPresentOrElse(
                            command -> node.put("install", command),
                            () -> node.put("path", finding.detail()));
        }
    }
}
