package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.FileNames;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Paths by the parent references of links. Not safe for use by several threads. */
final class Paths {

    /** The root folder's record. */
    static final int ROOT = 5;

    /** The folder that stands for the lost parents of orphans, named as sleuthkit does. */
    static final String ORPHANS = "/$OrphanFiles";

    /** How long a folder's path may be, in characters; beyond, its record's number stands for it. */
    static final int MAX_PATH = 4096;

    /** How many folders a path may go through. */
    static final int MAX_DEPTH = 256;

    private static final int MAX_CACHED = 256;

    /** How many names may be joined for each record, on average; paths are cached by folder. */
    private static final int MAX_STEPS_A_RECORD = 4;

    private static final long LEAST_STEPS = 1 << 17;

    /** How a record hangs together with the root; a byte each, since there can be many. */
    private static final byte UNKNOWN = 0;

    private static final byte ON_THE_WAY = 1;
    private static final byte ROOTED = 2;
    private static final byte ORPHAN = 3;
    private static final byte LOOP = 4;

    private final RecordTable records;
    private final LinkTable links;
    private final ProblemLog problems;
    private final byte[] places;
    private long stepsLeft;
    private final Map<Integer, String> folders = new LinkedHashMap<>(MAX_CACHED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
            return size() > MAX_CACHED;
        }
    };

    /** @param problems where loops are told */
    Paths(RecordTable records, LinkTable links, ProblemLog problems) {
        this.records = records;
        this.links = links;
        this.problems = problems;
        places = new byte[records.size()];
        stepsLeft = LEAST_STEPS + (long) MAX_STEPS_A_RECORD * records.size();
    }

    /** What stands for a path where no name is known. */
    static String byNumber(long record) {
        return "mft:" + record;
    }

    /** The path of a base record, made safe. */
    String of(long record) {
        if (record == ROOT) {
            return "/";
        }
        if (links.first(record) == LinkTable.NONE) {
            return byNumber(record);
        }
        int number = (int) record;
        byte place = place(number);
        if (place == LOOP) {
            return ORPHANS + "/" + name(number);
        }
        return climb(number, place == ROOTED ? "" : ORPHANS);
    }

    /** Goes up to the root, to a parent that does not fit, or to a folder known already. */
    private String climb(int record, String top) {
        List<String> names = new ArrayList<>();
        int direct = parent(record);
        String above = top;
        int length = 0;
        for (int at = direct; at != LinkTable.NONE && at != ROOT; at = parent(at)) {
            String known = folders.get(at);
            if (known != null) {
                above = known;
                break;
            }
            if (length > MAX_PATH || names.size() == MAX_DEPTH || stepsLeft-- <= 0) {
                above = byNumber(direct);
                names.clear();
                break;
            }
            names.add("/" + name(at));
            length += names.getLast().length();
        }
        String folder = above + String.join("", names.reversed());
        if (folder.length() > MAX_PATH) {
            folder = byNumber(direct);
        }
        if (direct != LinkTable.NONE && direct != ROOT) {
            folders.put(direct, folder);
        }
        return folder + "/" + name(record);
    }

    /** Each record is gone through once: what lies above a known one is known. */
    private byte place(int record) {
        int at = record;
        while (at != LinkTable.NONE && at != ROOT && places[at] == UNKNOWN) {
            places[at] = ON_THE_WAY;
            at = parent(at);
        }
        byte place = ORPHAN;
        if (at != LinkTable.NONE) {
            place = at == ROOT ? ROOTED : places[at];
        }
        if (place == ON_THE_WAY) {
            place = LOOP;
            problems.add(NtfsProblem.PARENT_LOOP, "record %d is above itself".formatted(at));
        }
        int marked = record;
        while (marked != LinkTable.NONE && marked != ROOT && places[marked] == ON_THE_WAY) {
            places[marked] = place;
            marked = parent(marked);
        }
        return place;
    }

    /** The folder that the record's first link is in; {@link LinkTable#NONE} if it does not fit. */
    private int parent(int record) {
        int link = links.first(record);
        return link != LinkTable.NONE && fits(link) ? links.parent(link) : LinkTable.NONE;
    }

    /** Whether a link's folder is one, and still the one that was meant. */
    boolean fits(int link) {
        int parent = links.parent(link);
        if (parent == ROOT && parent < records.size()) {
            return true;
        }
        return records.isDirectory(parent)
                && links.first(parent) != LinkTable.NONE
                && records.fits(parent, links.parentSequence(link));
    }

    private String name(int record) {
        return FileNames.of(links.name(links.first(record)));
    }
}
