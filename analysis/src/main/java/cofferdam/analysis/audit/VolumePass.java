package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.FileSystem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Region;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Walks the file systems of one view once: says of the matches in it what partition, region and file
 * they lie in, and finds what lies across the borders of a file's fragments.
 */
final class VolumePass {

    private final Workspace work;
    private final Layer layer;
    private final int view;
    private final Volumes.Layout layout;
    private final Hit[] hits;
    private final LongSet joined = new LongSet();

    VolumePass(Workspace work, Layer layer, int view, Volumes.Layout layout) {
        this.work = work;
        this.layer = layer;
        this.view = view;
        this.layout = layout;
        this.hits = work.hits().all().stream()
                .filter(hit -> hit.layer == layer.number() && hit.view == view)
                .filter(hit -> hit.claim != Hit.Claim.METADATA)
                .sorted(Comparator.comparingLong(hit -> hit.guestOffset))
                .toArray(Hit[]::new);
    }

    /** Places every match of the view. */
    void run() throws IOException {
        for (Volumes.Volume volume : layout.volumes()) {
            place(volume);
        }
        for (Volumes.Range structure : layout.structures()) {
            in(structure.offset(), structure.length(), hit -> hit.place(Region.METADATA, ""));
        }
        Region otherwise = layout.isKnown() ? Region.GAP : Region.UNALLOCATED;
        for (Hit hit : hits) {
            hit.place(otherwise, "");
        }
    }

    private void place(Volumes.Volume volume) throws IOException {
        Region otherwise =
                volume.type().equals(Volumes.Volume.SWAP) ? Region.SWAP : Region.UNALLOCATED;
        in(volume.range().offset(), volume.range().length(), hit -> {
            hit.partition = volume.partition();
            hit.fileSystem = volume.type();
            hit.place(otherwise, "");
        });
        if (volume.isEnciphered()) {
            long header = volume.contentOffset() - volume.range().offset();
            in(volume.range().offset(), header, hit -> hit.place(Region.METADATA, ""));
        }
        FileSystem fileSystem = volume.fileSystem();
        if (fileSystem == null) {
            return;
        }
        try {
            Walk walk = new Walk(volume);
            List<Problem> found;
            try {
                found = fileSystem.walk(walk::visit);
            } finally {
                walk.end();
            }
            report(volume, found);
        } catch (MalformedImageException e) {
            work.problems().add(nameOf(volume), e);
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof MalformedImageException malformed)) {
                throw e.getCause();
            }
            work.problems().add(nameOf(volume), malformed);
        }
    }

    private void report(Volumes.Volume volume, List<Problem> problems) {
        for (Problem problem : problems) {
            work.problems().add(problem.kind(), nameOf(volume) + ": " + problem.detail());
        }
    }

    private String nameOf(Volumes.Volume volume) {
        String place = layer.nameOf(view);
        String part = volume.partition() == 0 ? "disk" : "partition " + volume.partition();
        return place.equals("active") ? part : place + " " + part;
    }

    private void in(long from, long length, Consumer<Hit> visitor) {
        for (int i = firstNotBefore(from);
                i < hits.length && hits[i].guestOffset - from < length;
                i++) {
            visitor.accept(hits[i]);
        }
    }

    private int firstNotBefore(long offset) {
        int low = 0;
        int high = hits.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (hits[middle].guestOffset < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The walk of one file system. */
    private final class Walk {

        private final Volumes.Volume volume;
        private final ByteSource content;
        private final Seams seams = new Seams(work, joined, this::straddling);
        private String path = "";
        private Region region = Region.METADATA;

        Walk(Volumes.Volume volume) {
            this.volume = volume;
            this.content = Objects.requireNonNull(volume.content());
        }

        void visit(FileExtent extent) {
            if (extent.offset() < 0
                    || extent.length() <= 0
                    || extent.offset() > content.size() - extent.length()) {
                return;
            }
            in(
                    volume.contentOffset() + extent.offset(),
                    extent.length(),
                    hit -> hit.place(extent.region(), extent.path()));
            boolean isFile = !extent.path().isEmpty()
                    && (extent.region() == Region.ALLOCATED
                            || extent.region() == Region.UNALLOCATED);
            if (isFile) {
                join(extent);
            }
        }

        void end() {
            seams.reset();
        }

        private void join(FileExtent extent) {
            if (!extent.path().equals(path) || extent.region() != region) {
                seams.reset();
                path = extent.path();
                region = extent.region();
            }
            try {
                seams.add(
                        content,
                        volume.contentOffset(),
                        extent.offset(),
                        extent.length(),
                        extent.fileOffset());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void straddling(
                int needle, MemorySegment bytes, long start, long end, long at, long offset) {
            Finding.Stored stored =
                    volume.isEnciphered() ? Finding.Stored.ENCIPHERED : Finding.Stored.SPLIT;
            Hit hit = work.hits().take(needle, bytes, start, end, stored);
            if (hit == null) {
                return;
            }
            hit.inView(layer.number(), view, layer.claimOf(view), volume.contentOffset() + offset);
            hit.partition = volume.partition();
            hit.fileSystem = volume.type();
            hit.place(region, path);
        }
    }
}
