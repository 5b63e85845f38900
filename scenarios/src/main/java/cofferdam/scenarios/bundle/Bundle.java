package cofferdam.scenarios.bundle;

import cofferdam.analysis.RunFiles;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyFile;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.ScenarioFile;
import cofferdam.scenarios.Vocabulary;
import cofferdam.scenarios.result.InvalidResultException;
import cofferdam.scenarios.result.RecordedSummary;
import cofferdam.scenarios.result.ResultReader;
import cofferdam.scenarios.result.RunResult;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A bundle that somebody wrote, read again. Everything in it is foreign input: paths that lead out
 * of it, symbolic links and files beyond a limit are refused.
 */
public final class Bundle {

    /** The file that tells what came of all runs. */
    public static final String SUMMARY = "summary.json";

    /** The same for tools that read JUnit's reports. */
    public static final String JUNIT = "junit.xml";

    private static final String SCENARIO = "scenario.yaml";
    private static final String POLICY = "policy.yaml";

    private final Path folder;
    private final Path root;
    private final Manifest manifest;
    private final RecordedSummary summary;

    private Bundle(Path folder, Path root, Manifest manifest, RecordedSummary summary) {
        this.folder = folder;
        this.root = root;
        this.manifest = manifest;
        this.summary = summary;
    }

    /**
     * Opens a bundle; hashes and signature are not looked at.
     *
     * @throws BundleException if the folder is no bundle of a version that is known
     */
    public static Bundle open(Path folder) throws BundleException {
        try {
            Path root = folder.toRealPath();
            Manifest manifest = Manifest.in(root)
                    .orElseThrow(() -> new BundleException(
                            "'%s' is not a bundle of Cofferdam".formatted(folder)));
            if (manifest.version() < 1 || manifest.version() > Manifest.VERSION) {
                throw new BundleException(
                        "'%s' is a bundle of version %d; this program reads versions 1 to %d"
                                .formatted(folder, manifest.version(), Manifest.VERSION));
            }
            return new Bundle(folder, root, manifest, summary(folder, root));
        } catch (IOException e) {
            throw new BundleException("'%s' cannot be read: %s".formatted(folder, e), e);
        }
    }

    private static RecordedSummary summary(Path folder, Path root) throws BundleException {
        try {
            byte[] document = RunFiles.in(root)
                    .read(SUMMARY)
                    .orElseThrow(() -> new InvalidResultException("there is no such file"));
            return ResultReader.summary(document);
        } catch (EvidenceException | InvalidResultException e) {
            throw new BundleException(
                    "%s of '%s': %s".formatted(SUMMARY, folder, e.getMessage()), e);
        }
    }

    /** Whether a folder is a bundle, of whatever version. */
    public static boolean isAt(Path folder) throws IOException {
        return Manifest.in(folder).isPresent();
    }

    /** Where it lies. */
    public Path folder() {
        return folder;
    }

    /** The version of its format. */
    public int formatVersion() {
        return manifest.version();
    }

    /** What {@code summary.json} tells. */
    public RecordedSummary summary() {
        return summary;
    }

    /** Its runs as {@code summary.json} tells them, in that order; they took no time. */
    public List<RunResult> runs() {
        return summary.runs();
    }

    /**
     * The scenario of a run.
     *
     * @throws BundleException if there is none, or it is not of that name
     */
    public Scenario scenario(RunResult run) throws BundleException {
        Scenario scenario = parse(
                run,
                SCENARIO,
                (name, bytes) -> ScenarioFile.parse(name, bytes, Vocabulary.builtIn()));
        checkName(run, SCENARIO, scenario.name(), run.scenario());
        return scenario;
    }

    /**
     * The policy of a run.
     *
     * @throws BundleException if there is none, or it is not of that name
     */
    public Policy policy(RunResult run) throws BundleException {
        Policy policy = parse(run, POLICY, PolicyFile::parse);
        checkName(run, POLICY, policy.name(), run.policy());
        return policy;
    }

    /** What a run left behind. */
    public RunFiles files(RunResult run) {
        Path place = root.resolve(run.folder());
        RunFiles files = RunFiles.in(place);
        return name -> isThere(place, run) ? files.read(name) : Optional.empty();
    }

    /** The names of what a run left behind, as the manifest lists them. */
    public List<String> fileNames(RunResult run) {
        String prefix = run.folder() + "/";
        return manifest.files().stream()
                .map(Manifest.Entry::path)
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .toList();
    }

    /** A link anywhere on the way would lead out of the bundle. */
    private static boolean isThere(Path place, RunResult run) throws EvidenceException {
        if (!Files.exists(place)) {
            return false;
        }
        try {
            if (place.toRealPath().equals(place)) {
                return true;
            }
        } catch (IOException e) {
            throw new EvidenceException("%s cannot be read: %s".formatted(run.folder(), e), e);
        }
        throw new EvidenceException("%s is reached through a link".formatted(run.folder()));
    }

    /** Reads the bytes of a YAML file. */
    private interface Parser<T> {
        T parse(String name, byte[] bytes) throws InvalidFileException;
    }

    private <T> T parse(RunResult run, String file, Parser<T> parser) throws BundleException {
        String name = run.folder() + "/" + file;
        try {
            byte[] bytes = files(run)
                    .read(file)
                    .orElseThrow(() -> new BundleException("there is no " + name));
            return parser.parse(name, bytes);
        } catch (EvidenceException | InvalidFileException e) {
            throw new BundleException("%s: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static void checkName(RunResult run, String file, String found, String wanted)
            throws BundleException {
        if (!found.equals(wanted)) {
            throw new BundleException(
                    "%s/%s is of '%s', not of '%s'".formatted(run.folder(), file, found, wanted));
        }
    }
}
