package cofferdam.analysis.audit;

import cofferdam.monitor.disk.Problem;

import java.util.List;

/**
 * What the audit of one image showed. Nothing in it depends on time or machine, the engine aside.
 *
 * @param path as the user named it
 * @param format as {@code qemu-img} calls it
 * @param virtualSize of the disk inside, in bytes
 * @param chain the files that the image names, in order, opened or not
 * @param outcome how far the audit came
 * @param findings in order of file and offset
 * @param scanned bytes that were searched: those of the files, and those decoded from them
 * @param engine the search engine, for people
 */
public record ImageReport(
        String path,
        String format,
        long virtualSize,
        Encryption encryption,
        List<ChainLink> chain,
        List<Problem> problems,
        List<Finding> findings,
        Outcome outcome,
        long scanned,
        String engine) {

    public ImageReport {
        chain = List.copyOf(chain);
        problems = List.copyOf(problems);
        findings = List.copyOf(findings);
    }

    /** How far an audit came. */
    public enum Outcome {
        /** Every layer was read. */
        COMPLETE,
        /** Something could not be read, so that nothing was found there decides nothing. */
        PARTIAL,
        /** The audit itself failed. */
        FAILED
    }

    /**
     * A file that an image names.
     *
     * @param role {@code backing}, {@code data} or {@code extent}
     * @param name as the image has it; whoever prints it escapes it
     * @param format that the image declares for it, or that it was found to have; may be empty
     * @param layer such as {@code backing:1}; empty where it is none
     * @param opened whether it was opened
     */
    public record ChainLink(
            String role, String name, String format, String layer, boolean opened) {}
}
