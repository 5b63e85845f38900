package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.MeteredSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** The audit of one image, pass by pass. */
final class AuditRun {

    /** What file systems may read in all: this many bytes, and so many times the size of the files. */
    private static final long PARSED_BYTES = 64L << 20;

    private static final int PARSED_TIMES_SIZE = 8;

    /** The most snapshots whose enciphered volumes are unlocked. */
    private static final int MOST_UNLOCKED_VIEWS = 16;

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
            Map<Integer, Volumes.Layout> layouts = new HashMap<>();
            layouts.put(0, active);
            for (int view : otherViewsToUnlock(work, layer)) {
                layouts.put(view, layout(layer, view, budget));
            }
            new DecipherPass(work, layer, unlocked(layer, layouts)).run();
            if (layer.number() == 0) {
                encryption = Coverage.of(layer, active, work.metadata());
            }
            new VolumePass(work, layer, 0, active).run();
            for (int view : otherViewsWithHits(work, layer)) {
                Volumes.Layout known = layouts.get(view);
                Volumes.Layout layout = known == null ? layout(layer, view, budget) : known;
                new VolumePass(work, layer, view, layout).run();
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

    private static List<DecipherPass.Unlocked> unlocked(
            Layer layer, Map<Integer, Volumes.Layout> layouts) {
        List<DecipherPass.Unlocked> unlocked = new ArrayList<>();
        if (layer.unlocked()) {
            for (int view = 0; view < layer.image().views().size(); view++) {
                unlocked.add(new DecipherPass.Unlocked(view, layer.content(view), 0));
            }
        }
        layouts.forEach((view, layout) -> {
            for (Volumes.Volume volume : layout.volumes()) {
                if (volume.isEnciphered() && volume.content() != null) {
                    unlocked.add(new DecipherPass.Unlocked(
                            view,
                            Objects.requireNonNull(volume.content()),
                            volume.contentOffset()));
                }
            }
        });
        return unlocked;
    }

    /**
     * The snapshots whose volumes are to be unlocked. Each may cost the work of a key, so there is a
     * limit; whatever is behind it leaves the audit incomplete.
     */
    private List<Integer> otherViewsToUnlock(Workspace work, Layer layer) {
        List<Integer> views = new ArrayList<>();
        if (request.keys().isEmpty() || layer.unlocked()) {
            return views;
        }
        for (int view = 1; view < layer.image().views().size(); view++) {
            if (layer.claimOf(view) == Hit.Claim.MACHINE_STATE) {
                continue;
            }
            if (views.size() == MOST_UNLOCKED_VIEWS) {
                work.leaveIncomplete();
                problems.add(
                        CommonProblem.WORK_LIMIT,
                        "only the first %d snapshots are looked at for enciphered volumes"
                                .formatted(MOST_UNLOCKED_VIEWS));
                break;
            }
            views.add(view);
        }
        return views;
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
