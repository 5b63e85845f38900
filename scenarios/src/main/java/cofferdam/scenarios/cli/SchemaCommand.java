package cofferdam.scenarios.cli;

import cofferdam.scenarios.export.JsonSchemas;
import cofferdam.scenarios.export.JsonSchemas.Named;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code cofferdam schema}. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of a document that Cofferdam writes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SchemaCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SCHEMA",
            completionCandidates = Candidates.OfSchemas.class,
            description = "One of 'cofferdam list schemas'.")
    private String name;

    @Override
    public Integer call() throws BadInputException {
        String text = JsonSchemas.text(name)
                .orElseThrow(() -> new BadInputException("schema '%s' is unknown; there are: %s"
                        .formatted(
                                name,
                                JsonSchemas.all().stream()
                                        .map(Named::name)
                                        .collect(Collectors.joining(", ")))));
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
