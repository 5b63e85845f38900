package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * $ATTRIBUTE_LIST: which records hold the attributes of a file that needs several (Linux-NTFS
 * documentation, "$ATTRIBUTE_LIST").
 */
final class AttributeList {

    /** How long one may be, in bytes; as in $AttrDef. */
    static final int MAX_SIZE = 256 << 10;

    private static final int SMALLEST_ENTRY = 0x1a;

    private AttributeList() {}

    /** An entry: that attribute, from that cluster on, is in that record. */
    record Entry(long type, boolean named, long firstVcn, long record) {}

    /** The list of that base record; empty if it has none. */
    static Optional<Stream> find(List<Stream> streams) {
        return streams.stream()
                .filter(stream -> stream.type() == AttributeType.ATTRIBUTE_LIST)
                .findFirst();
    }

    /** Its length in bytes, as claimed. */
    static long size(Stream list) {
        return switch (list) {
            case Stream.Resident resident -> resident.value().size();
            case Stream.NonResident mapped -> mapped.size();
        };
    }

    /**
     * Reads its entries.
     *
     * @throws MalformedImageException as {@link NtfsProblem#BAD_ATTRIBUTE_LIST}
     */
    static List<Entry> read(Stream list, Volume volume, ProblemLog problems) throws IOException {
        if (size(list) > MAX_SIZE) {
            throw bad("%d bytes, more than %d".formatted(size(list), MAX_SIZE));
        }
        return switch (list) {
            case Stream.Resident resident -> parse(resident.value());
            case Stream.NonResident mapped -> {
                RunList runs = mapped.runs(volume, "an attribute list", problems);
                ByteSource source =
                        new MappedSource(volume, runs, mapped.size(), mapped.initialized());
                yield parse(Span.of(source.read(0, (int) source.size())));
            }
        };
    }

    private static List<Entry> parse(Span list) throws MalformedImageException {
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (at < list.size()) {
            int length = list.u16(at + 4);
            if (length < SMALLEST_ENTRY) {
                throw bad("an entry of %d bytes at %d".formatted(length, at));
            }
            Span entry = list.slice(at, length);
            entries.add(new Entry(entry.u32(0), entry.u8(6) != 0, entry.i64(8), entry.u48(0x10)));
            at += length;
        }
        return entries;
    }

    private static MalformedImageException bad(String detail) {
        return new MalformedImageException(NtfsProblem.BAD_ATTRIBUTE_LIST, detail);
    }
}
