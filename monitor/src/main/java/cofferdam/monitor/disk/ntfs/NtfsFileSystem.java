package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.FileNames;
import cofferdam.monitor.disk.FileSystem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Region;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An NTFS volume, read only. Its log is not replayed; folders come from the parent references in
 * $MFT, so that damaged indexes hide nothing.
 *
 * <p>Paths: an alternate data stream is {@code /folder/name:stream}; a file whose folders are lost
 * lies under {@code /$OrphanFiles}; a file without a known name, and every one beyond a limit of
 * half a million records or of 256 characters a path on average, is {@code mft:N} after its record's
 * number. Names are compared as they
 * are written, upper and lower case told apart.
 */
public final class NtfsFileSystem implements FileSystem {

    private static final int VOLUME_RECORD = 3;
    private static final int BITMAP_RECORD = 6;
    private static final int VOLUME_FLAGS_AT = 0x0a;
    private static final int DIRTY = 1;

    private final Volume volume;
    private final MasterFileTable table;
    private final List<Problem> problems;
    private @Nullable Tree tree;

    private NtfsFileSystem(Volume volume, MasterFileTable table, List<Problem> problems) {
        this.volume = volume;
        this.table = table;
        this.problems = problems;
    }

    /**
     * Whether the partition's boot sector, or the backup in its last sector, claims to be one of
     * NTFS.
     */
    public static boolean recognises(ByteSource partition) throws IOException {
        return Volume.recognises(partition);
    }

    /**
     * Opens a volume.
     *
     * @throws MalformedImageException if neither the boot sector nor its backup, or neither the
     *     first record of $MFT nor that of its mirror, can be used
     */
    public static NtfsFileSystem open(ByteSource partition) throws IOException {
        ProblemLog problems = new ProblemLog();
        Volume volume = Volume.open(partition, problems);
        if (volume.boot().bytes() > partition.size()) {
            problems.add(
                    CommonProblem.TRUNCATED,
                    "a volume of %d bytes in %d"
                            .formatted(volume.boot().bytes(), partition.size()));
        }
        MasterFileTable table = MasterFileTable.open(volume, problems);
        checkDirty(table, problems);
        return new NtfsFileSystem(volume, table, problems.toList());
    }

    private static void checkDirty(MasterFileTable table, ProblemLog problems) throws IOException {
        try {
            for (Stream stream : streams(table, VOLUME_RECORD)) {
                if (stream instanceof Stream.Resident resident
                        && resident.type() == AttributeType.VOLUME_INFORMATION
                        && (resident.value().u16(VOLUME_FLAGS_AT) & DIRTY) != 0) {
                    problems.add(NtfsProblem.DIRTY, "its dirty flag is set");
                }
            }
        } catch (MalformedImageException e) {
            problems.add("$Volume", e);
        }
    }

    private static List<Stream> streams(MasterFileTable table, long record) throws IOException {
        Optional<MftRecord> found = table.record(record);
        return found.isPresent() ? Stream.of(List.of(found.get())) : List.of();
    }

    @Override
    public String type() {
        return "ntfs";
    }

    /** Its size in bytes, with the backup boot sector where there is one. */
    @Override
    public long size() {
        return volume.boot().bytes()
                + (volume.backupAt() < 0 ? 0 : volume.boot().sectorSize());
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    /**
     * As the interface says. A swap file's clusters are {@link Region#SWAP} to their end. Of a
     * compressed file the clusters are told as they lie on the volume: {@link #file} decompresses.
     */
    @Override
    public List<Problem> walk(Consumer<FileExtent> visitor) throws IOException {
        ProblemLog found = new ProblemLog();
        Tree known = tree();
        found.addAll(known.problems());
        if (volume.backupAt() >= 0) {
            visitor.accept(new FileExtent(
                    Region.METADATA, "", volume.backupAt(), volume.boot().sectorSize(), 0));
        }
        new Walk(volume, table, known, bitmap(found), found, visitor).run();
        return found.toList();
    }

    private ClusterBitmap bitmap(ProblemLog found) throws IOException {
        ByteSource content = ByteSource.of(new byte[0]);
        try {
            content = content(streams(table, BITMAP_RECORD), "", found).orElse(content);
        } catch (MalformedImageException e) {
            found.add(NtfsProblem.BAD_BITMAP, e.problem().detail());
        }
        if (content.size() == 0) {
            found.add(NtfsProblem.BAD_BITMAP, "$Bitmap has no content");
        }
        return new ClusterBitmap(content, volume.boot().clusters(), found);
    }

    /**
     * As the interface says; also a stream of a file or folder, as {@code /name:stream}. What EFS
     * has enciphered stays so.
     *
     * @throws MalformedImageException if its records are malformed
     */
    @Override
    public Optional<ByteSource> file(String path) throws IOException {
        Tree known = tree();
        int record = known.find(path);
        if (record >= 0) {
            return content(gather(known, record), "", new ProblemLog());
        }
        int colon = path.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String folderOrFile = path.substring(0, colon);
        record = folderOrFile.equals("/") ? Paths.ROOT : known.find(folderOrFile);
        return record < 0
                ? Optional.empty()
                : content(gather(known, record), path.substring(colon + 1), new ProblemLog());
    }

    private List<Stream> gather(Tree known, int base) throws IOException {
        List<MftRecord> all = new ArrayList<>();
        int record = base;
        while (record >= 0 && all.size() < Walk.MAX_HELD / table.recordSize()) {
            table.record(record).ifPresent(all::add);
            record = known.records().nextExtension(record);
        }
        return Stream.of(all);
    }

    private Optional<ByteSource> content(List<Stream> streams, String name, ProblemLog found)
            throws MalformedImageException {
        for (Stream stream : streams) {
            if (stream.type() == AttributeType.DATA
                    && FileNames.of(stream.name()).equals(name)) {
                return Optional.of(content(stream, found));
            }
        }
        return Optional.empty();
    }

    private ByteSource content(Stream stream, ProblemLog found) throws MalformedImageException {
        return switch (stream) {
            case Stream.Resident resident -> ByteSource.of(resident.value().copy());
            case Stream.NonResident mapped -> content(mapped, found);
        };
    }

    private ByteSource content(Stream.NonResident stream, ProblemLog found)
            throws MalformedImageException {
        if (!stream.sized()) {
            throw new MalformedImageException(
                    NtfsProblem.BAD_RECORD, "the beginning of its content is lost");
        }
        RunList runs = stream.runs(volume, "its content", found);
        if (!stream.compressed()) {
            return new MappedSource(volume, runs, stream.size(), stream.initialized());
        }
        if (volume.offset(stream.unitClusters()) > CompressedSource.MAX_UNIT) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT,
                    "compression units of %d clusters".formatted(stream.unitClusters()));
        }
        return new CompressedSource(volume, runs, stream);
    }

    /** Read when first needed, since it takes a pass over $MFT; then kept. */
    private synchronized Tree tree() throws IOException {
        Tree known = tree;
        if (known == null) {
            known = Tree.read(table);
            tree = known;
        }
        return known;
    }
}
