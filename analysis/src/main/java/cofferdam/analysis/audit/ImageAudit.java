package cofferdam.analysis.audit;

import cofferdam.analysis.rules.Rule;
import cofferdam.analysis.search.Searchers;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Audits disk images. Never writes, never mounts, and opens no file that an image names outside the
 * folders that the request allows. Safe for use by several threads, one image each.
 */
public final class ImageAudit implements AutoCloseable {

    private final AuditRequest request;
    private final CompiledRules rules;
    private final Formats formats;
    private final Volumes volumes;

    ImageAudit(
            AuditRequest request, CompiledRules.Compiler compiler, Formats formats, Volumes volumes)
            throws InvalidRuleException {
        this.request = request;
        this.rules = CompiledRules.of(request.rules(), compiler);
        this.formats = formats;
        this.volumes = volumes;
    }

    /**
     * Prepares audits.
     *
     * @throws InvalidRuleException if a rule cannot be searched for
     */
    public static ImageAudit of(AuditRequest request) throws InvalidRuleException {
        return new ImageAudit(
                request, Searchers::compile, new BuiltInFormats(), new BuiltInVolumes());
    }

    /** The rules in the order of the request. */
    public List<Rule> rules() {
        return rules.rules();
    }

    /** The search engine, for people. */
    public String engine() {
        return rules.searcher().engine();
    }

    /**
     * Audits one image.
     *
     * @return what it showed; a failure of the audit itself too, as {@link
     *     AuditProblem#AUDIT_FAILED}
     * @throws IOException if the file cannot be opened; the message says why, without the path
     */
    public ImageReport run(Path image, AuditListener listener) throws IOException {
        try (HostFiles host = new HostFiles(request.allowed())) {
            MappedFile file = host.open(image);
            Problems problems = new Problems();
            try {
                return new AuditRun(request, rules, formats, volumes, host, problems)
                        .run(file, listener);
            } catch (MalformedImageException e) {
                problems.add("", e);
                return failed(image, problems, e);
            } catch (IOException | RuntimeException | StackOverflowError | InternalError e) {
                // An internal error is how Java tells that a mapped file became shorter.
                return failed(image, problems, e);
            }
        }
    }

    private ImageReport failed(Path image, Problems problems, Throwable cause) {
        problems.add(AuditProblem.AUDIT_FAILED, cause.toString());
        return new ImageReport(
                image.toString(),
                "unknown",
                0,
                Encryption.ABSENT,
                List.of(),
                problems.all(),
                List.of(),
                ImageReport.Outcome.FAILED,
                0,
                engine());
    }

    /** Frees what the search engine holds. */
    @Override
    public void close() {
        rules.close();
    }
}
