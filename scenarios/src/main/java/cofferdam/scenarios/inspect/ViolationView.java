package cofferdam.scenarios.inspect;

import cofferdam.analysis.FrameReference;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.analysis.inspect.CaptureInspection;
import cofferdam.analysis.inspect.Proof;
import cofferdam.analysis.inspect.UnreadableCaptureException;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.scenarios.bundle.Bundle;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.RunResult;

import java.util.ArrayList;
import java.util.List;

/**
 * A violated verdict and the frames that prove it.
 *
 * @param run whose verdict it is
 * @param judgement the verdict, as the bundle tells it
 * @param captures the frames, by capture
 */
public record ViolationView(RunResult run, Judgement judgement, List<InCapture> captures) {

    /**
     * Frames of one capture.
     *
     * @param file its name in the run's folder
     * @param start the time of its first frame
     * @param proofs in file order; none if the capture cannot be read
     * @param problem why it cannot be read, or empty
     */
    public record InCapture(String file, long start, List<Proof> proofs, String problem) {

        public InCapture {
            proofs = List.copyOf(proofs);
        }

        /** The filter that shows them all. */
        public String filter() {
            return WiresharkCommand.filter(proofs.stream().map(Proof::frame).toList());
        }
    }

    public ViolationView {
        captures = List.copyOf(captures);
    }

    /** The violations of a run, in its order. */
    public static List<ViolationView> of(Bundle bundle, RunResult run) {
        List<ViolationView> violations = new ArrayList<>();
        for (PropertyResult result : run.properties()) {
            Judgement judgement = result.judgement();
            if (judgement.verdict() == Verdict.VIOLATED) {
                violations.add(new ViolationView(
                        run,
                        judgement,
                        judgement.frames().stream()
                                .map(frames -> inCapture(bundle, run, frames))
                                .toList()));
            }
        }
        return violations;
    }

    private static InCapture inCapture(Bundle bundle, RunResult run, FrameReference frames) {
        try {
            byte[] file = bundle.files(run)
                    .read(frames.file())
                    .orElseThrow(() -> new EvidenceException("there is no such file"));
            CaptureInspection inspection = CaptureInspection.of(file);
            return new InCapture(
                    frames.file(), inspection.start(), inspection.proofs(frames.frames()), "");
        } catch (EvidenceException | UnreadableCaptureException e) {
            return new InCapture(frames.file(), 0, List.of(), String.valueOf(e.getMessage()));
        }
    }
}
