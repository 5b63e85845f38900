package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code cofferdam doctor}. */
@Command(
        name = "doctor",
        description = "Say which monitors and tools work here, and what to install.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DoctorCommand implements Runnable {

    private static final List<Tool> TOOLS = List.of(
            new Tool("wireshark", "opens the captures of a bundle", "apt install wireshark"),
            new Tool(
                    "tshark",
                    "reads captures on the command line; the tests' reference",
                    "apt install tshark"),
            new Tool("capinfos", "tells interfaces and counts of a capture", "apt install tshark"),
            new Tool("qemu-img", "reads the image files of a bundle", "apt install qemu-utils"),
            new Tool(
                    "fls", "lists what is in an image, deleted files too", "apt install sleuthkit"),
            new Tool("mvn", "builds the program and runs its tests", "apt install maven"));

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private OutputFormat format;

    /**
     * A program that is of use beside Cofferdam.
     *
     * @param purpose what for
     * @param install how to get it on Debian
     */
    private record Tool(String name, String purpose, String install) {

        /** Where it is, as the shell would find it. */
        Optional<Path> find() {
            String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
            return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                    .filter(folder -> !folder.isEmpty())
                    .flatMap(folder -> candidate(folder).stream())
                    .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .findFirst();
        }

        private Optional<Path> candidate(String folder) {
            try {
                return Optional.of(Path.of(folder, name));
            } catch (InvalidPathException notAFolder) {
                return Optional.empty();
            }
        }
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> printText(out);
            case JSON -> printJson(out);
        }
    }

    private static void printText(PrintWriter out) {
        out.printf("java      %s (%s)%n", Runtime.version(), System.getProperty("java.home"));
        out.println();
        out.println("monitors");
        for (Monitor monitor : Monitors.all()) {
            out.printf("  %-10s works   %s%n", monitor.name(), monitor.summary());
        }
        out.println();
        out.println("tools (none is needed to run scenarios)");
        for (Tool tool : TOOLS) {
            String state = tool.find().isPresent() ? "found  " : "missing";
            String hint = tool.find().map(Path::toString).orElse("install: " + tool.install());
            out.printf(
                    "  %-10s %s %s (%s)%n",
                    tool.name(), state, tool.purpose(), Terminal.safe(hint));
        }
    }

    private static void printJson(PrintWriter out) {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode document = mapper.createObjectNode();
        document.put("java", Runtime.version().toString());
        ArrayNode monitors = document.putArray("monitors");
        for (Monitor monitor : Monitors.all()) {
            monitors.addObject()
                    .put("name", monitor.name())
                    .put("summary", monitor.summary())
                    .put("works", true);
        }
        ArrayNode tools = document.putArray("tools");
        for (Tool tool : TOOLS) {
            ObjectNode node =
                    tools.addObject().put("name", tool.name()).put("purpose", tool.purpose());
            node.put("found", tool.find().isPresent());
            tool.find()
                    .ifPresentOrElse(
                            path -> node.put("path", path.toString()),
                            () -> node.put("install", tool.install()));
        }
        out.println(mapper.writeValueAsString(document));
    }
}
