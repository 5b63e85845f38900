package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks a layer's tables once: says of the matches in the files' own bytes what accounts for them,
 * decodes what is compressed and searches it, and finds what lies across the borders of clusters.
 */
final class ExtentPass {

    private final Workspace work;
    private final List<MappedFile> files;
    private final Layer layer;
    private final Seams seams;
    private final Seams residue;
    private final LongSet decoded = new LongSet();
    private final LongSet joined = new LongSet();
    private final boolean enciphered;
    private int view = -1;
    private long guestEnd;
    private int residueView = -1;
    private boolean hasResidue;

    ExtentPass(Workspace work, List<MappedFile> files, Layer layer) {
        this.work = work;
        this.files = files;
        this.layer = layer;
        this.seams = new Seams(work, joined, this::straddling);
        this.residue = new Seams(work, joined, this::straddlingResidue);
        this.enciphered = layer.image().encryption() != ContainerEncryption.NONE;
    }

    /** Walks the whole layer. */
    void run() throws IOException {
        try {
            work.problems().addAll(layer.image().walk(this::visit));
            endView();
            if (hasResidue && !enciphered) {
                // After all that is still referred to: what a snapshot holds is no residue.
                layer.image().walk(this::visitResidue);
                residue.reset();
            }
        } catch (MalformedImageException e) {
            seams.reset();
            residue.reset();
            work.leaveIncomplete();
            work.problems().add("", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void visit(Extent extent) {
        int file = layer.fileOf(extent);
        if (file < 0) {
            return;
        }
        work.account(file, extent);
        try {
            switch (extent.kind()) {
                case METADATA -> claim(file, extent, Hit.Claim.METADATA, false);
                case ZERO_FLAGGED -> {
                    claim(file, extent, Hit.Claim.ZERO_FLAGGED, true);
                    hasResidue = true;
                }
                case DATA -> data(file, extent);
                case COMPRESSED -> compressed(file, extent);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void claim(int file, Extent extent, Hit.Claim by, boolean isSameLength) {
        work.hits()
                .inFile(
                        file,
                        extent.fileOffset(),
                        extent.fileOffset() + extent.fileLength(),
                        hit -> {
                            long within = isSameLength ? hit.fileOffset - extent.fileOffset() : 0;
                            boolean inView = extent.view() >= 0;
                            hit.claim(
                                    layer.number(),
                                    extent.view(),
                                    by,
                                    inView ? extent.guestOffset() + within : Finding.NOWHERE);
                        });
    }

    private void data(int file, Extent extent) throws IOException {
        claim(file, extent, layer.claimOf(extent.view()), true);
        if (enciphered) {
            return;
        }
        begin(extent);
        try {
            seams.add(
                    files.get(file),
                    file,
                    extent.fileOffset(),
                    extent.fileLength(),
                    extent.guestOffset());
        } catch (MalformedImageException e) {
            // What is compressed before it could not be decoded.
            leaveOut(extent, e);
        }
    }

    private void compressed(int file, Extent extent) throws IOException {
        claim(file, extent, Hit.Claim.COMPRESSED, false);
        begin(extent);
        long place = place(file, extent.fileOffset());
        DecodedExtent source = new DecodedExtent(work, layer.image(), extent);
        try {
            if (decoded.add(place)) {
                search(file, extent, source.bytes());
            }
            seams.add(source, ~place, 0, source.size(), extent.guestOffset());
        } catch (MalformedImageException e) {
            leaveOut(extent, e);
        }
    }

    private void leaveOut(Extent extent, MalformedImageException malformed) {
        work.leaveIncomplete();
        work.problems().add("at offset %d of the file".formatted(extent.fileOffset()), malformed);
        seams.reset();
    }

    private void visitResidue(Extent extent) {
        boolean isZeroFlagged = extent.kind() == Extent.Kind.ZERO_FLAGGED;
        int file = layer.fileOf(extent);
        if (file < 0
                || extent.view() < 0
                || (!isZeroFlagged && extent.kind() != Extent.Kind.DATA)) {
            return;
        }
        try {
            residue(file, extent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Joins what zero-flagged clusters still hold with what they followed, and were followed by,
     * before they were zeroed. What lies in no zero-flagged cluster was joined already.
     */
    private void residue(int file, Extent extent) throws IOException {
        if (extent.view() != residueView) {
            residue.reset();
        }
        residueView = extent.view();
        residue.add(
                files.get(file),
                file,
                extent.fileOffset(),
                extent.fileLength(),
                extent.guestOffset());
    }

    private void straddlingResidue(
            int needle, MemorySegment bytes, long start, long end, long at, long offset) {
        Hit hit = work.hits().take(needle, bytes, start, end, Finding.Stored.SPLIT);
        if (hit != null) {
            hit.inView(layer.number(), residueView, Hit.Claim.ZERO_FLAGGED, at);
        }
    }

    private void search(int file, Extent extent, byte[] bytes) {
        List<Hit> found = new ArrayList<>();
        var segment = work.scratch().holding(bytes, bytes.length);
        work.rules().searcher().search(segment, (needle, start, end) -> {
            Hit hit = work.hits().take(needle, segment, start, end, Finding.Stored.COMPRESSED);
            if (hit != null) {
                found.add(hit.inFile(file, extent.fileOffset())
                        .inView(
                                layer.number(),
                                extent.view(),
                                layer.claimOf(extent.view()),
                                extent.guestOffset() + start));
            }
        });
        // What does not compress is stored as it is, and was found in the file itself already.
        work.hits()
                .inFile(
                        file,
                        extent.fileOffset(),
                        extent.fileOffset() + extent.fileLength(),
                        stored -> stored.isStoredCopy |= found.stream()
                                .anyMatch(hit ->
                                        hit.rule == stored.rule && hit.match.equals(stored.match)));
    }

    private void begin(Extent extent) throws IOException {
        if (extent.view() != view) {
            endView();
            view = extent.view();
            guestEnd = 0;
        }
        if (extent.guestOffset() != guestEnd) {
            border(guestEnd);
            border(extent.guestOffset());
        }
        guestEnd = extent.guestOffset() + extent.guestLength();
    }

    private void endView() throws IOException {
        seams.reset();
        if (view >= 0) {
            border(guestEnd);
        }
    }

    private void straddling(
            int needle, MemorySegment bytes, long start, long end, long at, long offset) {
        Hit hit = work.hits().take(needle, bytes, start, end, Finding.Stored.SPLIT);
        if (hit != null) {
            hit.inView(layer.number(), view, layer.claimOf(view), at);
        }
    }

    /** Searches across a border between this layer's data and its backing's. */
    private void border(long at) throws IOException {
        int reach = work.rules().reach();
        if (!layer.hasBacking() || enciphered || reach == 0) {
            return;
        }
        ByteSource content = layer.content(view);
        long from = Math.max(0, at - reach);
        long to = Math.min(content.size(), at + reach);
        if (from >= at || at >= to || !work.mayDecode(to - from)) {
            return;
        }
        byte[] around = content.read(from, (int) (to - from));
        var segment = work.scratch().holding(around, around.length);
        work.rules().searcher().search(segment, (needle, start, end) -> {
            if (from + start < at && from + end > at) {
                straddling(needle, segment, start, end, from + start, Finding.NOWHERE);
            }
        });
    }

    private static long place(int file, long offset) {
        return offset * 31 + file;
    }
}
