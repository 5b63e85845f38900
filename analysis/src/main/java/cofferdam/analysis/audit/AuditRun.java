package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.MeteredSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** The audit of one image, pass by pass. */
final class AuditRun {

    /** What file systems may read in all: this many bytes, and so many times the size of the files. */
    private static final long PARSED_BYTES = 64L << 20;

    private static final int PARSED_TIMES_SIZE = 8;

    private final AuditRequest request;
    private final CompiledRules rules;
    private final Formats formats;
    private final Volumes volumes;
    private final HostFiles host;
    private final Problems problems;
    private final Unlocker unlocker;

    AuditRun(
            AuditRequest request,
            CompiledRules rules,
            Formats formats,
            Volumes volumes,
            HostFiles host,
            Problems problems) {
        this.request = request;
        this.rules = rules;
        this.formats = formats;
        this.volumes = volumes;
        this.host = host;
        this.problems = problems;
        this.unlocker = new Unlocker(request.keys());
    }

    ImageReport run(MappedFile file, AuditListener listener) throws IOException {
        ImageChain chain = new ImageChain(host, formats, unlocker, problems);
        boolean isDeclared = request.format() != DeclaredFormat.AUTO;
        Layer first = chain.open(file, isDeclared ? request.format().toString() : "");
        List<Layer> layers = chain.layers();
        List<MappedFile> files = host.all();
        Hits hits = new Hits(rules, problems);
        try (Workspace work = new Workspace(rules, hits, problems, files)) {
            long size = scan(files, hits, listener);
            for (Layer layer : layers) {
                new ExtentPass(work, files, layer).run();
            }
            Encryption encryption = place(work, layers);
            new ResolvePass(work, layers).run();
            List<Finding> findings = new Findings(work, files, layers).all();
            checkUnchanged(files);
            boolean isComplete = chain.isComplete() && work.isComplete();
            return new ImageReport(
                    nameOf(file.path()),
                    first.image().format(),
                    first.image().virtualSize(),
                    encryption,
                    chain.links(),
                    problems.all(),
                    findings,
                    isComplete ? ImageReport.Outcome.COMPLETE : ImageReport.Outcome.PARTIAL,
                    size + work.decoded(),
                    rules.searcher().engine());
        }
    }

    private static String nameOf(Path path) {
        return path.toString();
    }

    private long scan(List<MappedFile> files, Hits hits, AuditListener listener)
            throws IOException {
        long total = files.stream().mapToLong(MappedFile::size).sum();
        long[] done = {0};
        PlainScan scan = new PlainScan(rules, hits);
        for (int i = 0; i < files.size(); i++) {
            scan.search(files.get(i), i, searched -> {
                done[0] += searched;
                listener.progress(done[0], total);
            });
        }
        hits.indexFiles();
        return total;
    }

    /** Finds the volumes of each view that matters, deciphers what is unlocked, places matches. */
    private Encryption place(Workspace work, List<Layer> layers) throws IOException {
        long size = host.all().stream().mapToLong(MappedFile::size).sum();
        AtomicLong budget = new AtomicLong(PARSED_BYTES + PARSED_TIMES_SIZE * size);
        Encryption encryption = Encryption.ABSENT;
        for (Layer layer : layers) {
            if (layer.image().views().isEmpty()) {
                continue;
            }
            Volumes.Layout active = layout(layer, 0, budget);
            new DecipherPass(work, layer, unlocked(layer, active)).run();
            if (layer.number() == 0) {
                encryption = Coverage.of(layer, active, work.metadata());
            }
            new VolumePass(work, layer, 0, active).run();
            for (int view : otherViewsWithHits(work, layer)) {
                new VolumePass(work, layer, view, layout(layer, view, budget)).run();
            }
        }
        return encryption;
    }

    private Volumes.Layout layout(Layer layer, int view, AtomicLong budget) throws IOException {
        if (!layer.unlocked() && isEnciphered(layer)) {
            return Volumes.Layout.UNKNOWN;
        }
        ByteSource disk = new MeteredSource(layer.content(view), budget);
        try {
            Volumes.Layout layout = volumes.read(disk, unlocker);
            problems.addAll(layout.problems());
            return layout;
        } catch (MalformedImageException e) {
            problems.add("disk of layer %s".formatted(layer.nameOf(view)), e);
            return Volumes.Layout.UNKNOWN;
        }
    }

    private static boolean isEnciphered(Layer layer) {
        return switch (layer.image().encryption()) {
            case NONE -> false;
            case QCOW2_AES, QCOW2_LUKS -> true;
        };
    }

    private static List<DecipherPass.Unlocked> unlocked(Layer layer, Volumes.Layout active) {
        List<DecipherPass.Unlocked> unlocked = new ArrayList<>();
        if (layer.unlocked()) {
            for (int view = 0; view < layer.image().views().size(); view++) {
                unlocked.add(new DecipherPass.Unlocked(view, layer.content(view), 0));
            }
        }
        for (Volumes.Volume volume : active.volumes()) {
            if (volume.isEnciphered() && volume.content() != null) {
                unlocked.add(new DecipherPass.Unlocked(
                        0, Objects.requireNonNull(volume.content()), volume.contentOffset()));
            }
        }
        return unlocked;
    }

    private static SortedSet<Integer> otherViewsWithHits(Workspace work, Layer layer) {
        SortedSet<Integer> views = new TreeSet<>();
        work.hits().all().stream()
                .filter(hit -> hit.layer == layer.number() && hit.view > 0)
                .filter(hit -> hit.claim != Hit.Claim.MACHINE_STATE)
                .forEach(hit -> views.add(hit.view));
        return views;
    }

    private void checkUnchanged(List<MappedFile> files) throws IOException {
        for (MappedFile file : files) {
            if (!file.isUnchanged()) {
                problems.add(AuditProblem.IMAGE_CHANGED, file.path().toString());
            }
        }
    }
}
