package cofferdam.scenarios.bundle;

import cofferdam.analysis.RunFiles;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.result.RunResult;

import java.nio.file.Path;
import java.util.List;

/**
 * A bundle that somebody wrote, read again. Everything in it is foreign input: paths that lead out
 * of it, symbolic links and files beyond a limit are refused.
 */
public final class Bundle {

    private final Path folder;

    private Bundle(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a bundle; hashes and signature are not looked at.
     *
     * @throws BundleException if the folder is no bundle of a version that is known
     */
    public static Bundle open(Path folder) throws BundleException {
        throw new UnsupportedOperationException("reading of " + new Bundle(folder).folder);
    }

    /** Where it lies. */
    public Path folder() {
        return folder;
    }

    /** Its runs as {@code summary.json} tells them, in that order; they took no time. */
    public List<RunResult> runs() {
        throw new UnsupportedOperationException();
    }

    /** The scenario of a run. */
    public Scenario scenario(RunResult run) throws BundleException {
        throw new UnsupportedOperationException();
    }

    /** The policy of a run. */
    public Policy policy(RunResult run) throws BundleException {
        throw new UnsupportedOperationException();
    }

    /** What a run left behind. */
    public RunFiles files(RunResult run) {
        return RunFiles.in(folder.resolve(run.folder()));
    }
}
