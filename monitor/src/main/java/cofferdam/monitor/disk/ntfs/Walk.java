package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.FileNames;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One walk over a volume: tells where each file's bytes lie. */
final class Walk {

    /** How many bytes of records of one file are held at a time. */
    static final int MAX_HELD = 4 << 20;

    /** How long all paths may be that are told, in characters, for each record on average. */
    private static final int MAX_TOLD_A_RECORD = 256;

    private static final long LEAST_TOLD = 1 << 20;

    private final Volume volume;
    private final MasterFileTable table;
    private final RecordTable records;
    private final Paths paths;
    private final ProblemLog problems;
    private final Extents extents;
    /** How much of attribute lists is still read, in bytes: no more than the volume has. */
    private long listBytesLeft;
    /** How long paths may still be, in characters; then records go by their numbers. */
    private long pathLeft;

    Walk(
            Volume volume,
            MasterFileTable table,
            Tree tree,
            ClusterBitmap bitmap,
            ProblemLog problems,
            Consumer<FileExtent> visitor) {
        this.volume = volume;
        this.table = table;
        this.problems = problems;
        records = tree.records();
        paths = new Paths(records, tree.links(), problems);
        extents = new Extents(volume, table, bitmap, problems, visitor);
        listBytesLeft = volume.source().size();
        pathLeft = LEAST_TOLD + (long) MAX_TOLD_A_RECORD * records.size();
    }

    /** Walks to the end of $MFT. */
    void run() throws IOException {
        RecordScan scan = new RecordScan(table);
        for (long number = 0; number < table.count(); number++) {
            try {
                Optional<MftRecord> record = scan.record(number);
                if (record.isPresent() && !records.isLinked(number)) {
                    tell(record.get());
                }
            } catch (MalformedImageException e) {
                // The tree has told what is wrong with the records that it has seen.
                if (number >= records.size()) {
                    problems.add("record %d".formatted(number), e);
                }
            }
        }
    }

    private void tell(MftRecord record) throws IOException {
        boolean known = record.number() < records.size();
        if (record.isBase()) {
            List<Stream> streams = Stream.of(gather(record));
            checkList(record, streams);
            tell(record, streams, paths.of(record.number()));
            return;
        }
        if (known && record.inUse() && record.base() < records.size()) {
            problems.add(
                    NtfsProblem.RECORD_LOOP,
                    "record %d extends record %d".formatted(record.number(), record.base()));
        }
        // Past what is remembered, an extension cannot be gathered, but says whose it is.
        long file = known ? record.number() : record.base();
        tell(record, Stream.of(List.of(record)), Paths.byNumber(file));
    }

    private List<MftRecord> gather(MftRecord base) throws IOException {
        List<MftRecord> all = new ArrayList<>();
        all.add(base);
        int extension = records.nextExtension(base.number());
        while (extension >= 0) {
            if (all.size() == MAX_HELD / table.recordSize()) {
                problems.add(
                        CommonProblem.LIMIT,
                        "record %d has more than %d extensions"
                                .formatted(base.number(), all.size() - 1));
                break;
            }
            try {
                table.record(extension).ifPresent(all::add);
            } catch (MalformedImageException e) {
                problems.add("record %d".formatted(extension), e);
            }
            extension = records.nextExtension(extension);
        }
        return all;
    }

    /** The list is not needed, for extensions say whose they are; but it must say the same. */
    private void checkList(MftRecord base, List<Stream> streams) throws IOException {
        Optional<Stream> list = AttributeList.find(streams);
        if (list.isEmpty() || !base.inUse() || base.number() >= records.size()) {
            return;
        }
        listBytesLeft -= AttributeList.size(list.get());
        if (listBytesLeft < 0) {
            problems.add(CommonProblem.WORK_LIMIT, "attribute lists are larger than the volume");
            return;
        }
        try {
            for (AttributeList.Entry entry : AttributeList.read(list.get(), volume, problems)) {
                requireOwn(base, entry);
            }
        } catch (MalformedImageException e) {
            problems.add("attribute list of record %d".formatted(base.number()), e);
        }
    }

    private void requireOwn(MftRecord base, AttributeList.Entry entry)
            throws MalformedImageException {
        boolean itself = entry.type() == AttributeType.ATTRIBUTE_LIST;
        boolean own = entry.record() == base.number()
                || entry.record() >= records.size()
                || (records.isLinked(entry.record())
                        && records.fileOf((int) entry.record()) == base.number());
        if (itself || !own) {
            throw new MalformedImageException(
                    NtfsProblem.BAD_ATTRIBUTE_LIST,
                    itself
                            ? "it lists itself"
                            : "it lists record %d, which is another's".formatted(entry.record()));
        }
    }

    private void tell(MftRecord record, List<Stream> streams, String path) throws IOException {
        Owner owner = Owner.of(record, affordable(path, record.number()));
        for (Stream stream : streams) {
            boolean data = stream.type() == AttributeType.DATA;
            Owner streamOwner = data ? stream(owner, stream.name()) : owner.structure();
            switch (stream) {
                case Stream.Resident resident -> {
                    if (data) {
                        extents.resident(streamOwner, resident);
                    }
                }
                case Stream.NonResident mapped -> extents.mapped(streamOwner, mapped);
            }
        }
    }

    /** A file can have many streams, each of which tells the whole path again. */
    private Owner stream(Owner owner, String name) {
        if (name.isEmpty()) {
            return owner.stream(name);
        }
        String path = affordable(owner.path(), owner.record());
        return owner.at(path).stream(FileNames.of(name));
    }

    private String affordable(String path, long record) {
        if (path.length() <= pathLeft) {
            pathLeft -= path.length();
            return path;
        }
        if (pathLeft > 0) {
            problems.add(
                    CommonProblem.LIMIT,
                    "the paths are too long together: from record %d on numbers stand for them"
                            .formatted(record));
        }
        pathLeft = 0;
        return Paths.byNumber(record);
    }
}
