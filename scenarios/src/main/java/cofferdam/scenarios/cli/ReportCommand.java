package cofferdam.scenarios.cli;

import cofferdam.scenarios.bundle.Bundle;
import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.report.Report;
import cofferdam.scenarios.report.ReportedRun;
import cofferdam.scenarios.report.Reports;
import cofferdam.scenarios.report.page.ReportPage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code cofferdam report}. */
@Command(
        name = "report",
        description = {
            "Make one HTML page of bundles, for somebody who was not there.",
            "It has the matrix, and for each verdict what is behind it.",
            "The page loads nothing from elsewhere; its links lead into the bundles."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReportCommand implements Callable<Integer> {

    private static final int EXIT_WRITTEN = 0;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "BUNDLE",
            arity = "0..*",
            description = "The folders that 'run' has written (default: cofferdam-out).")
    private List<Path> bundles = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "cofferdam-report.html",
            description = "Where the page goes (default: ${DEFAULT-VALUE}); not into a bundle, "
                    + "whose files must stay as they were written.")
    private Path out;

    @Override
    public Integer call() throws BadInputException {
        List<Path> chosen = bundles.isEmpty() ? List.of(Path.of("cofferdam-out")) : bundles;
        List<String> names = new ArrayList<>();
        List<String> versions = new ArrayList<>();
        List<ReportedRun> runs = new ArrayList<>();
        Way way = Way.from(out);
        for (Path folder : chosen) {
            try {
                Bundle bundle = Bundle.open(folder);
                way.requireOutside(folder);
                names.add(name(folder));
                versions.add(bundle.summary().version());
                runs.addAll(ReportedRun.of(bundle, way.to(folder)));
            } catch (BundleException | IOException e) {
                throw new BadInputException(String.valueOf(e.getMessage()));
            }
        }
        Report report = Reports.of(names, versions, runs);
        write(ReportPage.html(report));
        spec.commandLine().getOut().println("report: " + Terminal.safe(out.toString()));
        return EXIT_WRITTEN;
    }

    /** The last part of its path, which tells nothing of where it lies. */
    private static String name(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "/" : name.toString();
    }

    /** Beside its place first, so that a page that was there stays until the new one is complete. */
    private void write(String html) throws BadInputException {
        Path target = out.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new BadInputException("--out '%s' is a folder, not a file".formatted(out));
        }
        Path partial = target.resolveSibling(".%s.partial-%d"
                .formatted(target.getFileName(), ProcessHandle.current().pid()));
        try {
            try {
                Files.writeString(partial, html, StandardCharsets.UTF_8);
                Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new BadInputException("'%s' cannot be written: %s".formatted(out, e));
        }
    }
}
