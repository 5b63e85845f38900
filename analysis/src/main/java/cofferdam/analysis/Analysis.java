package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.RunReader;
import cofferdam.analysis.plot.MemoryPlot;
import cofferdam.monitor.policy.MonitorPolicy;
import cofferdam.monitor.policy.Policy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges runs from the evidence that they left behind. */
public final class Analysis {

    private static final List<Checker> CHECKERS = List.of(
            Confidentiality.ofTraffic(),
            Confidentiality.ofTrafficOnHost(),
            NeighbourIntegrity.ofArp(),
            NeighbourIntegrity.ofNeighbourDiscovery(),
            new RouterIntegrity(),
            Authenticity.ofHardware(),
            Authenticity.ofProtocol(),
            new NetworkSeparation(),
            new GuestSeparation(),
            new Connectivity(),
            new ImageConfidentiality(),
            new ImageIntegrity(),
            new ResidualConfidentiality(),
            new HostFileConfidentiality(),
            new DeviceConfinement(),
            new PageSharingConfidentiality(),
            new ChannelConfinement(),
            new ResidualMemoryConfidentiality(),
            new SwapConfidentiality(),
            new HostMemoryConfidentiality(),
            new HostConfinement(),
            new ManagementConfinement(),
            new MemoryConfinement(),
            new NeighbourAvailability(),
            new PerformanceIsolation(),
            new CrashContainment());

    private Analysis() {}

    /** The properties that can be judged. */
    public static List<Property> properties() {
        return CHECKERS.stream().map(Checker::property).toList();
    }

    /**
     * Answers every question, in their order. Missing or malformed evidence gives {@link
     * Verdict#INCONCLUSIVE}; a failure of a checker itself, or a question that no checker answers,
     * {@link Verdict#ERROR}.
     *
     * @param policy how the host was configured
     */
    public static List<Judgement> judge(RunFiles files, Policy policy, List<Question> questions) {
        return judge(CHECKERS, files, policy, questions);
    }

    static List<Judgement> judge(
            List<Checker> checkers, RunFiles files, Policy policy, List<Question> questions) {
        RunOnce run = new RunOnce(files, policy);
        List<Judgement> judgements = new ArrayList<>();
        for (Question question : questions) {
            judgements.add(answer(checkers, run, policy, question));
        }
        return List.copyOf(judgements);
    }

    /**
     * Copies of the captures that prove violations, with packet comments on the frames that do,
     * such as {@code cofferdam: source -> vm1 seen by vm2}; by file name. The other captures are
     * left out.
     *
     * @throws IllegalArgumentException if the judgements are not about these files
     */
    public static SortedMap<String, byte[]> annotate(RunFiles files, List<Judgement> judgements) {
        return Annotations.of(judgements).onto(files);
    }

    /**
     * How memory was used over time, as a table and as a picture, by file name: see {@link
     * MemoryPlot}. Empty if nobody looked at memory, or the evidence cannot be read.
     */
    public static SortedMap<String, byte[]> plots(RunFiles files, Policy policy) {
        try {
            return MemoryPlot.of(RunReader.read(files::read, policy));
        } catch (MissingEvidenceException e) {
            return new TreeMap<>();
        }
    }

    /**
     * The only place where a failure of the testbed itself is caught: it must show as what it is.
     */
    private static Judgement answer(
            List<Checker> checkers, RunOnce run, Policy policy, Question question) {
        try {
            Checker checker = checkers.stream()
                    .filter(known -> known.property().id().equals(question.property()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "there is no property '%s'".formatted(question.property())));
            Optional<String> noBoundary = noBoundary(checker, run.get(), policy, question);
            return noBoundary.isPresent()
                    ? withoutBoundary(checker, run.get(), question, noBoundary.get())
                    : Provisos.on(run.get(), checker.judge(run.get(), question));
        } catch (MissingEvidenceException e) {
            return Judgement.inconclusive(question, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Judgement(question, Verdict.ERROR, e.toString(), List.of());
        }
    }

    /** What could not be done at some time hides no breach that was shown before. */
    private static Judgement withoutBoundary(
            Checker checker, Run run, Question question, String reason) {
        try {
            Judgement judgement = checker.judge(run, question);
            if (judgement.verdict() == Verdict.VIOLATED) {
                return judgement;
            }
        } catch (MissingEvidenceException e) {
            // Nothing can be told where there is nothing to look at; that is the answer.
        }
        return new Judgement(question, Verdict.NOT_APPLICABLE, reason, List.of());
    }

    private static Optional<String> noBoundary(
            Checker checker, Run run, Policy policy, Question question) {
        if (policy.monitor().type() == MonitorPolicy.Type.PHYSICAL
                && checker.withoutMonitor().isPresent()) {
            return checker.withoutMonitor();
        }
        Optional<String> reason = run.notApplicable().or(() -> Ipv6Boundary.missing(run));
        boolean answerable = question.property().equals(Connectivity.ID)
                && run.flows().stream().anyMatch(flow -> isAbout(question, flow.from(), flow.to()));
        return answerable ? Optional.empty() : reason;
    }

    private static boolean isAbout(Question question, String from, String to) {
        return question.subject().contains(from) && question.subject().contains(to);
    }

    /** A run's evidence, read at the first question, so that a failure there is that question's. */
    private static final class RunOnce {

        private final RunFiles files;
        private final Policy policy;
        private @Nullable Run run;

        RunOnce(RunFiles files, Policy policy) {
            this.files = files;
            this.policy = policy;
        }

        Run get() throws MissingEvidenceException {
            if (run == null) {
                run = RunReader.read(files::read, policy);
            }
            return run;
        }
    }
}
