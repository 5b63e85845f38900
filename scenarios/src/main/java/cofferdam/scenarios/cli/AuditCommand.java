package cofferdam.scenarios.cli;

import cofferdam.analysis.audit.DeclaredFormat;
import cofferdam.analysis.audit.ImageAudit;
import cofferdam.analysis.audit.Keys;
import cofferdam.scenarios.audit.AuditSummary;
import cofferdam.scenarios.audit.CsvReport;
import cofferdam.scenarios.audit.JsonLinesReport;
import cofferdam.scenarios.audit.JsonReport;
import cofferdam.scenarios.audit.ReportWriter;
import cofferdam.scenarios.audit.SarifReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code cofferdam audit}. */
@Command(
        name = "audit",
        description = {
            "Show what disk images give away: which secret lies where, why, and what would have kept it.",
            "Reads alone: nothing is mounted, nothing is written, and no file that an image names is"
                    + " opened unless --allow names its folder."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing found",
            "1:findings, or structural problems from medium on (see --fail-on)",
            "2:bad input or usage",
            "3:an image could be read in part only, or the audit failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cofferdam audit disk.qcow2",
            "  cofferdam audit *.vmdk --find 'top secret' --no-secrets --format csv",
            "  cofferdam audit overlay.qcow2 --allow /var/lib/images --format sarif > audit.sarif"
        })
final class AuditCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "A disk image.")
    private List<Path> images = new ArrayList<>();

    @Option(
            names = "--find",
            paramLabel = "TEXT",
            description = "Look for this text, in UTF-8 and UTF-16; may be given again.")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = "--find-hex",
            paramLabel = "HEX",
            description = "Look for these bytes; may be given again.")
    private List<String> bytes = new ArrayList<>();

    @Option(
            names = "--regex",
            paramLabel = "RE",
            description =
                    "Look for this expression, in RE2's syntax over bytes; may be given again.")
    private List<String> expressions = new ArrayList<>();

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Look for what the rules in this YAML file say; may be given again.")
    private List<Path> ruleFiles = new ArrayList<>();

    @Option(
            names = "--no-secrets",
            description =
                    "Leave out the built-in rules for secrets: keys, tokens, password hashes ...")
    private boolean noSecrets;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private AuditFormat format;

    @Option(
            names = "--show-matches",
            description =
                    "Show what matched; otherwise four characters of it at most, and its hash.")
    private boolean showMatches;

    @Option(
            names = "--image-format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description =
                    "What the images are: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE},"
                            + " by their signatures).")
    private DeclaredFormat imageFormat;

    @Option(
            names = "--allow",
            paramLabel = "DIR",
            description = "Open backing files and extents that lie in this folder;"
                    + " may be given again (default: none is opened).")
    private List<Path> allowed = new ArrayList<>();

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description =
                    "Unlock what is enciphered with this file's content, without its line end;"
                            + " may be given again.")
    private List<Path> passphrases = new ArrayList<>();

    @Option(
            names = "--volume-key-file",
            paramLabel = "FILE",
            description = "Unlock what is enciphered with this volume key; may be given again.")
    private List<Path> volumeKeys = new ArrayList<>();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many images are audited at once (default: one for each processor).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "any",
            description = "From which severity on findings and problems make the exit code 1:"
                    + " ${COMPLETION-CANDIDATES}; any is every finding and problems from medium on"
                    + " (default: ${DEFAULT-VALUE}).")
    private FailOn failOn;

    @Option(
            names = "--quiet",
            description = "No progress, and with text nothing but what was found.")
    private boolean quiet;

    @Override
    public Integer call() throws BadInputException, InterruptedException {
        try (ImageAudit audit = audit()) {
            boolean showsProgress = !quiet && format == AuditFormat.TEXT;
            AuditBatch batch = new AuditBatch(audit, images, jobs, showsProgress);
            AuditSummary summary = batch.run(writer(), spec.commandLine().getErr());
            return failOn.exitCode(summary);
        }
    }

    private ImageAudit audit() throws BadInputException {
        AuditChoices choices = new AuditChoices();
        choices.images(images);
        choices.folders(allowed);
        choices.find(texts);
        choices.findHex(bytes);
        choices.regex(expressions);
        choices.ruleFiles(ruleFiles);
        if (!noSecrets) {
            choices.secrets();
        }
        Keys keys = choices.keys(passphrases, volumeKeys);
        if (jobs < 1) {
            choices.problem("--jobs %d: at least 1 image must be audited at once".formatted(jobs));
        }
        if (choices.rules().isEmpty()) {
            choices.problem("--no-secrets leaves nothing to look for without --find, --find-hex,"
                    + " --regex or --rules");
        }
        return choices.audit(imageFormat, allowed, keys);
    }

    private ReportWriter writer() {
        PrintWriter out = spec.commandLine().getOut();
        return switch (format) {
            case TEXT ->
                new AuditText(out, spec.commandLine().getColorScheme().ansi(), showMatches, quiet);
            case JSON -> new JsonReport(Version.number(), showMatches, out);
            case JSONL -> new JsonLinesReport(showMatches, out);
            case SARIF -> new SarifReport(Version.number(), showMatches, out);
            case CSV -> new CsvReport(showMatches, out);
        };
    }
}
