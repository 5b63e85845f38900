package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.util.Optional;

/**
 * What one pass over $MFT shows: records, links and what is wrong with them.
 *
 * @param problems those of records that cannot be read
 */
record Tree(RecordTable records, LinkTable links, ProblemLog problems) {

    private static final String SEPARATOR = "/";

    /** Reads all of $MFT once. */
    static Tree read(MasterFileTable table) throws IOException {
        RecordTable records = new RecordTable(table.count());
        LinkTable links = new LinkTable(records.size());
        ProblemLog problems = new ProblemLog();
        RecordScan scan = new RecordScan(table);
        for (long number = 0; number < records.size(); number++) {
            try {
                Optional<MftRecord> record = scan.record(number);
                if (record.isPresent()) {
                    add(record.get(), records, links, problems);
                }
            } catch (MalformedImageException e) {
                problems.add("record %d".formatted(number), e);
            }
        }
        records.link();
        links.adopt(records);
        return new Tree(records, links, problems);
    }

    private static void add(
            MftRecord record, RecordTable records, LinkTable links, ProblemLog problems)
            throws MalformedImageException {
        records.add(record);
        if (!record.damage().isEmpty()) {
            problems.add(
                    NtfsProblem.BAD_RECORD,
                    "record %d: %s".formatted(record.number(), record.damage()));
        }
        for (FileName name : FileName.in(record)) {
            links.add((int) record.number(), name);
        }
    }

    /**
     * The file in use that has this path, by any of its names.
     *
     * @return its base record, or -1
     */
    int find(String path) {
        if (!path.startsWith(SEPARATOR)) {
            return -1;
        }
        int at = Paths.ROOT;
        for (String name : path.substring(1).split(SEPARATOR, -1)) {
            int folder = at;
            int link = links.find(folder, name, found -> isLive(found, folder));
            if (link == LinkTable.NONE) {
                return -1;
            }
            at = links.record(link);
        }
        return at;
    }

    private boolean isLive(int link, int folder) {
        return links.record(link) != folder
                && records.inUse(links.record(link))
                && (folder == Paths.ROOT
                        || (records.inUse(folder)
                                && records.fits(folder, links.parentSequence(link))));
    }
}
