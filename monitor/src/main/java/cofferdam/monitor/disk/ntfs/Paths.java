package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.FileNames;

import java.util.LinkedHashMap;
import java.util.Map;

/** Paths by the parent references of links. Not safe for use by several threads. */
final class Paths {

    /** The root folder's record. */
    static final int ROOT = 5;

    /** The folder that stands for the lost parents of orphans, named as sleuthkit does. */
    static final String ORPHANS = "/$OrphanFiles";

    /** How long a path may become, in characters; a longer one begins at a record's number. */
    static final int MAX_PATH = 4096;

    private static final int MAX_CACHED = 256;

    /** How many names may be joined for each record, on average; paths are cached by folder. */
    private static final int MAX_STEPS_A_RECORD = 16;

    private static final long LEAST_STEPS = 1 << 18;

    /** How a record hangs together with the root. */
    private enum Place {
        UNKNOWN,
        ON_THE_WAY,
        ROOTED,
        ORPHAN,
        LOOP
    }

    private static final Place[] PLACES = Place.values();

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
        return switch (place(number)) {
            case ROOTED -> climb(number, "");
            case ORPHAN -> climb(number, ORPHANS);
            // place() leaves neither of the first two behind.
            case UNKNOWN, ON_THE_WAY, LOOP -> ORPHANS + "/" + name(number);
        };
    }

    /** Joins names up to the root, to a parent that does not fit, or to a folder known already. */
    private String climb(int record, String top) {
        String path = "/" + name(record);
        int parent = parent(record);
        int direct = parent;
        while (parent != LinkTable.NONE && parent != ROOT) {
            String known = folders.get(parent);
            if (known != null) {
                return remember(direct, known, path);
            }
            if (path.length() > MAX_PATH || stepsLeft-- <= 0) {
                return byNumber(parent) + path;
            }
            path = "/" + name(parent) + path;
            parent = parent(parent);
        }
        return remember(direct, top, path);
    }

    private String remember(int folder, String above, String below) {
        String path = above + below;
        if (path.length() > MAX_PATH) {
            return (folder == LinkTable.NONE ? "" : byNumber(folder))
                    + below.substring(below.lastIndexOf('/'));
        }
        if (folder != LinkTable.NONE && folder != ROOT) {
            folders.put(folder, path.substring(0, path.lastIndexOf('/')));
        }
        return path;
    }

    private Place place(int record) {
        int at = record;
        while (at != LinkTable.NONE && at != ROOT && placeAt(at) == Place.UNKNOWN) {
            places[at] = (byte) Place.ON_THE_WAY.ordinal();
            at = parent(at);
        }
        Place place = at == LinkTable.NONE ? Place.ORPHAN : at == ROOT ? Place.ROOTED : placeAt(at);
        if (place == Place.ON_THE_WAY) {
            place = Place.LOOP;
            problems.add(NtfsProblem.PARENT_LOOP, "record %d is above itself".formatted(at));
        }
        int marked = record;
        while (marked != LinkTable.NONE && marked != ROOT && placeAt(marked) == Place.ON_THE_WAY) {
            places[marked] = (byte) place.ordinal();
            marked = parent(marked);
        }
        return place;
    }

    private Place placeAt(int record) {
        return PLACES[places[record]];
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
