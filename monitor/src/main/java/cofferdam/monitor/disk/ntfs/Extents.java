package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.Region;

import java.io.IOException;
import java.util.function.Consumer;

/** Tells the extents of attributes. */
final class Extents {

    private final Volume volume;
    private final MasterFileTable table;
    private final ClusterBitmap bitmap;
    private final ProblemLog problems;
    private final Claims claims;
    private final Consumer<FileExtent> visitor;

    Extents(
            Volume volume,
            MasterFileTable table,
            ClusterBitmap bitmap,
            ProblemLog problems,
            Consumer<FileExtent> visitor) {
        this.volume = volume;
        this.table = table;
        this.bitmap = bitmap;
        this.problems = problems;
        this.visitor = visitor;
        claims = new Claims(volume.boot().clusters(), problems);
    }

    /**
     * Tells where in $MFT a resident value lies: what the update sequence number displaced lies in
     * the array at the record's front.
     */
    void resident(Owner owner, Stream.Resident stream) throws IOException {
        long record = stream.record() * table.recordSize();
        long end = (long) stream.valueAt() + stream.value().size();
        long told = stream.valueAt();
        long stride = told / Fixups.STRIDE + 1;
        for (; stride * Fixups.STRIDE - Fixups.PROTECTED < end; stride++) {
            long from = Math.max(told, stride * Fixups.STRIDE - Fixups.PROTECTED);
            long to = Math.min(end, stride * Fixups.STRIDE);
            inTable(owner, record + told, record + from, told - stream.valueAt());
            long kept = record
                    + arrayAt(record)
                    + Fixups.PROTECTED * stride
                    + from
                    - (stride * Fixups.STRIDE - Fixups.PROTECTED);
            inTable(owner, kept, kept + to - from, from - stream.valueAt());
            told = to;
        }
        inTable(owner, record + told, record + end, told - stream.valueAt());
    }

    private int arrayAt(long record) throws IOException {
        byte[] field = table.content().read(record + Fixups.ARRAY_FIELD, 2);
        return Span.of(field).u16(0);
    }

    /** A record can span two runs. */
    private void inTable(Owner owner, long start, long end, long fileOffset) {
        RunList runs = table.runs();
        int run = runs.firstAfter(start / volume.clusterSize());
        for (; run < runs.count() && volume.offset(runs.vcn(run)) < end; run++) {
            long runStart = volume.offset(runs.vcn(run));
            long from = Math.max(start, runStart);
            long to = Math.min(end, runStart + volume.offset(runs.length(run)));
            long at = volume.offset(runs.lcn(run)) + from - runStart;
            tell(owner.content(), owner.path(), at, to - from, fileOffset + from - start);
        }
    }

    /** Tells the runs of a non-resident value: of a deleted file, those that are still free. */
    void mapped(Owner owner, Stream.NonResident stream) throws IOException {
        RunList runs = stream.runs(volume, "record %d".formatted(owner.record()), problems);
        flag(owner, stream, runs);
        long contentEnd = contentEnd(stream, runs);
        for (int run = 0; run < runs.count(); run++) {
            long lcn = runs.lcn(run);
            long fileOffset = volume.offset(runs.vcn(run));
            if (owner.live()) {
                claims.claim(lcn, runs.length(run), owner.record());
                tellRun(owner, lcn, runs.length(run), fileOffset, contentEnd);
            } else {
                bitmap.free(
                        lcn,
                        runs.length(run),
                        (free, clusters) -> tell(
                                Region.UNALLOCATED,
                                owner.path(),
                                volume.offset(free),
                                volume.offset(clusters),
                                fileOffset + volume.offset(free - lcn)));
            }
        }
    }

    private void flag(Owner owner, Stream.NonResident stream, RunList runs) {
        if (!owner.live() || runs.count() == 0) {
            return;
        }
        if (stream.encrypted()) {
            problems.add(NtfsProblem.ENCRYPTED, owner.path());
        }
        if (stream.compressed()) {
            problems.add(NtfsProblem.COMPRESSED, owner.path());
        }
    }

    /**
     * From where on in the file there is slack, in bytes. What was never written reads as zeros, so
     * what lies there is older. A compressed unit has no such place that could be told unread.
     */
    private long contentEnd(Stream.NonResident stream, RunList runs) {
        long end = stream.initialized();
        if (!stream.compressed() || end >= volume.offset(runs.end())) {
            return end;
        }
        long unit = end / volume.clusterSize() / stream.unitClusters() * stream.unitClusters();
        boolean packed = runs.mapped(unit, stream.unitClusters()) < stream.unitClusters();
        return packed ? volume.offset(unit + stream.unitClusters()) : end;
    }

    private void tellRun(Owner owner, long lcn, long clusters, long fileOffset, long contentEnd) {
        long at = volume.offset(lcn);
        long length = volume.offset(clusters);
        // Only what is a user's file has an end that matters.
        long content = owner.content() == Region.ALLOCATED
                ? Math.clamp(contentEnd - fileOffset, 0, length)
                : length;
        tell(owner.content(), owner.path(), at, content, fileOffset);
        tell(Region.SLACK, owner.path(), at + content, length - content, fileOffset + content);
    }

    private void tell(Region region, String path, long offset, long length, long fileOffset) {
        if (length > 0) {
            visitor.accept(new FileExtent(region, path, offset, length, fileOffset));
        }
    }
}
