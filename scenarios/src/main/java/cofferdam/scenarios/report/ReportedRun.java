package cofferdam.scenarios.report;

import cofferdam.analysis.RunFiles;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.bundle.Bundle;
import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.result.RunResult;

import java.util.ArrayList;
import java.util.List;

/**
 * A run that a report tells of.
 *
 * @param result what came of it
 * @param files what it left behind
 * @param folder the names of the folders that lead to it from the report's own folder, {@code ..}
 *     among them where one has to go up
 */
public record ReportedRun(
        RunResult result, Scenario scenario, Policy policy, RunFiles files, List<String> folder) {

    public ReportedRun {
        folder = List.copyOf(folder);
    }

    /**
     * All runs of a bundle.
     *
     * @param way the names of the folders that lead to the bundle from the report's own folder
     * @throws BundleException if a scenario or a policy cannot be read
     */
    public static List<ReportedRun> of(Bundle bundle, List<String> way) throws BundleException {
        List<ReportedRun> runs = new ArrayList<>();
        for (RunResult result : bundle.runs()) {
            List<String> folder = new ArrayList<>(way);
            folder.addAll(List.of(result.folder().split("/", -1)));
            runs.add(new ReportedRun(
                    result,
                    bundle.scenario(result),
                    bundle.policy(result),
                    bundle.files(result),
                    folder));
        }
        return runs;
    }
}
