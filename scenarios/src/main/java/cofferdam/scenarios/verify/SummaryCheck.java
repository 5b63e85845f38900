package cofferdam.scenarios.verify;

import cofferdam.analysis.RunFiles;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.scenarios.bundle.Bundle;
import cofferdam.scenarios.bundle.Manifest;
import cofferdam.scenarios.export.JunitReport;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.result.RunResult;
import cofferdam.scenarios.result.Summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a bundle's summary tells of all its runs together. */
public final class SummaryCheck {

    private SummaryCheck() {}

    /**
     * The names of every run's files in its folder, by the folder; also of runs that the summary
     * does not know.
     */
    public static Map<String, List<String>> filesByRun(Manifest manifest) {
        Map<String, List<String>> files = new HashMap<>();
        for (Manifest.Entry entry : manifest.files()) {
            String folder = runOf(entry.path());
            if (!folder.isEmpty()) {
                files.computeIfAbsent(folder, run -> new ArrayList<>())
                        .add(entry.path().substring(folder.length() + 1));
            }
        }
        return files;
    }

    /** The first four parts, or nothing if there are not more. */
    private static String runOf(String path) {
        int end = -1;
        for (int part = 0; part < RunResult.FOLDER_PARTS; part++) {
            end = path.indexOf('/', end + 1);
            if (end < 0) {
                return "";
            }
        }
        return path.substring(0, end);
    }

    /**
     * What is wrong with it.
     *
     * @param runs what came of judging every run again
     * @param version of this program
     */
    public static List<Problem> problems(
            Bundle bundle, Manifest manifest, List<RunCheck.Outcome> runs, String version) {
        List<RunResult> judged = runs.stream().map(RunCheck.Outcome::judged).toList();
        boolean known = runs.stream()
                .flatMap(run -> run.problems().stream())
                .anyMatch(problem -> problem.file().equals(Bundle.SUMMARY));
        List<String> details = new ArrayList<>();
        String tool = manifest.tool();
        if (tool != null && !tool.equals(bundle.summary().version())) {
            details.add("it is of program version %s, %s of %s"
                    .formatted(bundle.summary().version(), Manifest.NAME, tool));
        }
        if (runs.isEmpty()) {
            details.add("it tells of no run, so nothing is shown");
        }
        details.addAll(unknownRuns(bundle, manifest));
        Summary counts = Summary.of(judged);
        if (!counts.equals(bundle.summary().counts())) {
            details.add("it counts %s; the evidence gives %s"
                    .formatted(words(bundle.summary().counts()), words(counts)));
        }
        if (!known && details.isEmpty() && !isAsWritten(bundle, judged, version)) {
            details.add("it is not in the form in which it is written");
        }
        List<Problem> problems = new ArrayList<>();
        details.forEach(
                detail -> problems.add(new Problem(Problem.Kind.VERDICT, Bundle.SUMMARY, detail)));
        if (!isJunitAsWritten(bundle, manifest, judged, version)) {
            problems.add(new Problem(
                    Problem.Kind.VERDICT,
                    Bundle.JUNIT,
                    "it does not tell what the evidence shows"));
        }
        return problems;
    }

    private static String words(Summary counts) {
        return "%d upheld, %d violated, %d inconclusive, %d not applicable, %d errors, %d accepted, %d unexpected"
                .formatted(
                        counts.upheld(),
                        counts.violated(),
                        counts.inconclusive(),
                        counts.notApplicable(),
                        counts.error(),
                        counts.accepted(),
                        counts.unexpected());
    }

    private static List<String> unknownRuns(Bundle bundle, Manifest manifest) {
        Set<String> known =
                bundle.runs().stream().map(RunResult::folder).collect(Collectors.toSet());
        return new TreeMap<>(filesByRun(manifest))
                .keySet().stream()
                        .filter(folder -> !known.contains(folder))
                        .map(folder -> "it does not tell of the run %s".formatted(folder))
                        .toList();
    }

    private static boolean isAsWritten(Bundle bundle, List<RunResult> judged, String version) {
        return !bundle.summary().version().equals(version)
                || has(bundle, Bundle.SUMMARY, ResultJson.forBundle(version, judged));
    }

    private static boolean isJunitAsWritten(
            Bundle bundle, Manifest manifest, List<RunResult> judged, String version) {
        boolean listed =
                manifest.files().stream().anyMatch(entry -> entry.path().equals(Bundle.JUNIT));
        return !listed
                || !bundle.summary().version().equals(version)
                || has(bundle, Bundle.JUNIT, JunitReport.forBundle(judged));
    }

    private static boolean has(Bundle bundle, String file, byte[] content) {
        try {
            return Arrays.equals(
                    RunFiles.in(bundle.folder()).read(file).orElse(new byte[0]), content);
        } catch (EvidenceException unreadable) {
            return false;
        }
    }
}
