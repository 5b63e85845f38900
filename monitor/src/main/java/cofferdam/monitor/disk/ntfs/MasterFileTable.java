package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** $MFT, found through its own first record: reads records by number. */
final class MasterFileTable {

    private final Volume volume;
    private final RunList runs;
    private final MappedSource content;
    private final long count;

    private MasterFileTable(Volume volume, RunList runs, long size) {
        this.volume = volume;
        this.runs = runs;
        int recordSize = volume.boot().recordSize();
        long mapped = Math.min(size, volume.offset(runs.end()));
        // A table larger than what holds it maps the same clusters again and again.
        count = Math.min(mapped, volume.source().size()) / recordSize;
        content = new MappedSource(volume, runs, count * recordSize, count * recordSize);
    }

    /**
     * Opens it by its first record, or that of its mirror.
     *
     * @throws MalformedImageException if neither can be used, with what is wrong with the first
     */
    static MasterFileTable open(Volume volume, ProblemLog problems) throws IOException {
        try {
            return open(volume, volume.boot().mftCluster(), problems);
        } catch (MalformedImageException e) {
            try {
                MasterFileTable table = open(volume, volume.boot().mirrorCluster(), problems);
                problems.add(NtfsProblem.BAD_MASTER_FILE_TABLE, e.problem().detail());
                return table;
            } catch (MalformedImageException mirrorToo) {
                e.addSuppressed(mirrorToo);
                throw e;
            }
        }
    }

    private static MasterFileTable open(Volume volume, long cluster, ProblemLog problems)
            throws IOException {
        if (cluster < 0 || cluster >= volume.boot().clusters()) {
            throw bad("cluster %d is outside the volume".formatted(cluster));
        }
        byte[] bytes =
                volume.source().read(volume.offset(cluster), volume.boot().recordSize());
        MftRecord record = MftRecord.parse(0, bytes)
                .orElseThrow(() -> bad("no record at cluster %d".formatted(cluster)));
        List<Stream> streams = Stream.of(List.of(record));
        Stream.NonResident data = streams.stream()
                .filter(stream ->
                        stream.type() == AttributeType.DATA && stream.name().isEmpty())
                .filter(Stream.NonResident.class::isInstance)
                .map(Stream.NonResident.class::cast)
                .filter(Stream.NonResident::sized)
                .findFirst()
                .orElseThrow(() -> bad("its first record has no data"));
        RunList runs = data.runs(volume, "$MFT", problems);
        if (runs.count() == 0) {
            throw bad("it has no clusters");
        }
        Optional<Stream> list = AttributeList.find(streams);
        if (list.isPresent()) {
            extend(volume, runs, data.size(), list.get(), problems);
        }
        return new MasterFileTable(volume, runs, data.size());
    }

    /** Later runs are in records that the runs before them lead to. */
    private static void extend(
            Volume volume, RunList runs, long size, Stream list, ProblemLog problems)
            throws IOException {
        try {
            for (AttributeList.Entry entry : AttributeList.read(list, volume, problems)) {
                boolean data = entry.type() == AttributeType.DATA && !entry.named();
                if (data && entry.record() != 0) {
                    append(volume, runs, size, entry);
                }
            }
        } catch (MalformedImageException e) {
            problems.add("$MFT's attribute list", e);
        }
    }

    /** Each entry appends runs or fails, and the runs are limited, so a list to itself ends. */
    private static void append(Volume volume, RunList runs, long size, AttributeList.Entry entry)
            throws IOException {
        MasterFileTable soFar = new MasterFileTable(volume, runs, size);
        MftRecord record = soFar.record(entry.record())
                .filter(found -> found.base() == 0)
                .orElseThrow(
                        () -> badList("record %d is none of $MFT's".formatted(entry.record())));
        Attribute.NonResident piece = record.attributes().stream()
                .filter(attribute -> attribute.type() == AttributeType.DATA)
                .filter(Attribute.NonResident.class::isInstance)
                .map(Attribute.NonResident.class::cast)
                .filter(found -> found.firstVcn() == runs.end())
                .findFirst()
                .orElseThrow(() -> badList(
                        "record %d has no run from %d on".formatted(entry.record(), runs.end())));
        int before = runs.count();
        runs.decode(piece.pairs(), piece.firstVcn(), volume);
        if (runs.count() == before) {
            throw badList("record %d adds no runs".formatted(entry.record()));
        }
    }

    /** How many records there are, in use or not. */
    long count() {
        return count;
    }

    int recordSize() {
        return volume.boot().recordSize();
    }

    /** Where it lies. */
    RunList runs() {
        return runs;
    }

    /** All records one after the other, as they are on the volume. */
    MappedSource content() {
        return content;
    }

    /**
     * One record; empty where none was ever written.
     *
     * @throws MalformedImageException as {@link MftRecord#parse}, or if there are not so many
     */
    Optional<MftRecord> record(long number) throws IOException {
        if (number < 0 || number >= count) {
            throw new MalformedImageException(
                    CommonProblem.TRUNCATED, "record %d of %d".formatted(number, count));
        }
        return MftRecord.parse(number, content.read(number * recordSize(), recordSize()));
    }

    private static MalformedImageException bad(String detail) {
        return new MalformedImageException(NtfsProblem.BAD_MASTER_FILE_TABLE, detail);
    }

    private static MalformedImageException badList(String detail) {
        return new MalformedImageException(NtfsProblem.BAD_ATTRIBUTE_LIST, detail);
    }
}
