package cofferdam.scenarios.cli;

import cofferdam.analysis.inspect.CaptureInspection;
import cofferdam.analysis.inspect.UnreadableCaptureException;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.pcapng.PcapngReader;
import cofferdam.scenarios.bundle.Bundle;
import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.inspect.CaptureView;
import cofferdam.scenarios.inspect.InspectJson;
import cofferdam.scenarios.inspect.InspectText;
import cofferdam.scenarios.inspect.ViolationView;
import cofferdam.scenarios.result.RunResult;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code cofferdam inspect}: what a bundle or a capture shows. */
@Command(
        name = "inspect",
        description = {
            "Show the frames that prove violations, and how to open them in Wireshark.",
            "Of one run, or of any capture: who talked to whom, and who claimed which address."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:what there is was shown", "2:there is no such bundle, run or capture"})
final class InspectCommand implements Callable<Integer> {

    private static final String CAPTURE_SUFFIX = ".pcapng";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "BUNDLE|CAPTURE",
            description = "A bundle's folder, or a capture: pcapng, or classic pcap.")
    private Path subject;

    @Option(
            names = "--run",
            paramLabel = "FOLDER",
            description = "Show one run of the bundle with all its captures, such as "
                    + "arp-poisoning/esx-1.5.2/emulated/seed-1.")
    private @Nullable String run;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private OutputFormat format;

    @Override
    public Integer call() throws BadInputException {
        if (!Files.isDirectory(subject)) {
            if (run != null) {
                throw new BadInputException(
                        "--run is of a bundle; '%s' is none".formatted(subject));
            }
            print(List.of(), List.of(new CaptureView(subject.toString(), read(subject))));
            return 0;
        }
        try {
            inspect(Bundle.open(subject));
            return 0;
        } catch (BundleException | EvidenceException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
    }

    private void inspect(Bundle bundle) throws BadInputException, EvidenceException {
        if (run == null) {
            print(
                    bundle.runs().stream()
                            .flatMap(each -> ViolationView.of(bundle, each).stream())
                            .toList(),
                    List.of());
            return;
        }
        String folder = run.replaceAll("/+$", "");
        RunResult chosen = bundle.runs().stream()
                .filter(each -> each.folder().equals(folder))
                .findFirst()
                .orElseThrow(() -> new BadInputException(unknown(bundle, folder)));
        print(ViolationView.of(bundle, chosen), captures(bundle, chosen));
    }

    private static String unknown(Bundle bundle, String folder) {
        return "--run '%s' is not in the bundle; there are: %s"
                .formatted(
                        folder,
                        String.join(
                                ", ",
                                bundle.runs().stream().map(RunResult::folder).toList()));
    }

    private List<CaptureView> captures(Bundle bundle, RunResult chosen)
            throws BadInputException, EvidenceException {
        List<CaptureView> views = new ArrayList<>();
        for (String name : bundle.fileNames(chosen)) {
            if (!name.endsWith(CAPTURE_SUFFIX)) {
                continue;
            }
            String path = "%s/%s/%s".formatted(subject, chosen.folder(), name);
            byte[] file = bundle.files(chosen)
                    .read(name)
                    .orElseThrow(() -> new BadInputException("there is no " + path));
            views.add(new CaptureView(path, inspection(path, file)));
        }
        return views;
    }

    private static CaptureInspection read(Path file) throws BadInputException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(PcapngReader.MAXIMUM_FILE_BYTES + 1);
            if (bytes.length > PcapngReader.MAXIMUM_FILE_BYTES) {
                throw new BadInputException("'%s' is larger than %d bytes"
                        .formatted(file, PcapngReader.MAXIMUM_FILE_BYTES));
            }
            return inspection(file.toString(), bytes);
        } catch (IOException e) {
            throw new BadInputException("'%s' cannot be read: %s".formatted(file, e));
        }
    }

    private static CaptureInspection inspection(String name, byte[] file) throws BadInputException {
        try {
            return CaptureInspection.of(file);
        } catch (UnreadableCaptureException e) {
            throw new BadInputException(
                    "'%s' is no capture that can be read: %s".formatted(name, e.getMessage()));
        }
    }

    private void print(List<ViolationView> violations, List<CaptureView> captures) {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT ->
                text(violations, captures).stream().map(Terminal::safe).forEach(out::println);
            case JSON ->
                out.println(new String(
                        InspectJson.of(Version.number(), subject.toString(), violations, captures),
                        StandardCharsets.UTF_8));
        }
    }

    private List<String> text(List<ViolationView> violations, List<CaptureView> captures) {
        List<String> lines = new ArrayList<>();
        violations.forEach(
                violation -> lines.addAll(InspectText.violation(violation, subject.toString())));
        if (violations.isEmpty() && Files.isDirectory(subject)) {
            lines.add("nothing is violated");
        }
        for (CaptureView capture : captures) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(InspectText.capture(capture));
        }
        return lines;
    }
}
