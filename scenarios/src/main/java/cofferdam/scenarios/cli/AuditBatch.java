package cofferdam.scenarios.cli;

import cofferdam.analysis.audit.AuditListener;
import cofferdam.analysis.audit.ImageAudit;
import cofferdam.analysis.audit.ImageReport;
import cofferdam.scenarios.audit.AuditSummary;
import cofferdam.scenarios.audit.AuditedImage;
import cofferdam.scenarios.audit.ReportWriter;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Audits images side by side and reports them in the order of the arguments. At most a few reports
 * more than there are workers are kept, however many images there are.
 */
record AuditBatch(ImageAudit audit, List<Path> images, int jobs, boolean showsProgress) {

    /** How many images may be waiting for their turn to be reported, for each worker. */
    private static final int WAITING_PER_JOB = 2;

    /** Audits all images; what cannot be opened any more is said in one line on {@code err}. */
    AuditSummary run(ReportWriter report, PrintWriter err) throws InterruptedException {
        AuditSummary summary = new AuditSummary();
        report.begin(audit.rules());
        Queue<Future<Optional<AuditedImage>>> started = new ArrayDeque<>();
        try (Progress progress = Progress.ofBytes(showsProgress, "audit", totalSize());
                ExecutorService workers = Executors.newFixedThreadPool(jobs)) {
            for (Path image : images) {
                if (started.size() >= jobs * WAITING_PER_JOB) {
                    finish(started.remove(), report, summary);
                }
                started.add(workers.submit(() -> audit(image, progress, err)));
            }
            while (!started.isEmpty()) {
                finish(started.remove(), report, summary);
            }
        }
        report.end(summary);
        return summary;
    }

    /** What cannot be opened any more counts nothing; its audit says so. */
    private long totalSize() {
        return images.stream().mapToLong(image -> image.toFile().length()).sum();
    }

    private static void finish(
            Future<Optional<AuditedImage>> audited, ReportWriter report, AuditSummary summary)
            throws InterruptedException {
        try {
            Optional<AuditedImage> image = audited.get();
            image.ifPresentOrElse(
                    done -> {
                        summary.add(done.report());
                        report.add(done);
                    },
                    summary::addUnopened);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an audit failed: %s".formatted(e.getCause()), e);
        }
    }

    private Optional<AuditedImage> audit(Path image, Progress progress, PrintWriter err) {
        long begin = System.nanoTime();
        try {
            ImageReport report = audit.run(image, new Listener(image, progress));
            Duration duration = Duration.ofNanos(System.nanoTime() - begin);
            return Optional.of(new AuditedImage(image.toString(), report, duration));
        } catch (IOException e) {
            err.println(
                    Terminal.safe("cofferdam: image '%s': %s".formatted(image, e.getMessage())));
            return Optional.empty();
        }
    }

    /** Adds an image's progress to that of all. */
    private static final class Listener implements AuditListener {

        private final Progress progress;
        private long done;
        private long known;

        Listener(Path image, Progress progress) {
            this.progress = progress;
            this.known = image.toFile().length();
        }

        @Override
        public void progress(long scanned, long total) {
            progress.advance(scanned - done, total - known);
            done = scanned;
            known = total;
        }
    }
}
