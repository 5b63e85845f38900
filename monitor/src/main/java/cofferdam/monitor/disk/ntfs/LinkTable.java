package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.FileNames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The links of a volume: each a name of a file in a folder. Held in a few arrays, since a volume can
 * have a million.
 */
final class LinkTable {

    /** How many links are remembered. */
    static final int MAX_LINKS = 1 << 20;

    /** How much room names have, in bytes. */
    static final int MAX_NAME_BYTES = 24 << 20;

    static final int NONE = -1;

    private static final int BLOCK = 1 << 20;
    private static final int FIRST_CAPACITY = 1 << 10;

    private final int[] firstLinks;
    private int[] records = new int[FIRST_CAPACITY];
    private int[] parents = new int[FIRST_CAPACITY];
    private short[] parentSequences = new short[FIRST_CAPACITY];
    private int[] nameStarts = new int[FIRST_CAPACITY];
    private int count;
    /** Each name as its length in characters, then its UTF-16LE; none spans two blocks. */
    private final List<byte[]> blocks = new ArrayList<>();

    private int nameEnd;

    LinkTable(int records) {
        firstLinks = new int[records];
        Arrays.fill(firstLinks, NONE);
    }

    /** Remembers a link; forgets it where there is no more room. */
    void add(int record, FileName link) {
        int start = placeFor(1 + link.name().size());
        if (count == MAX_LINKS || start < 0 || link.parent() > Integer.MAX_VALUE) {
            return;
        }
        grow();
        records[count] = record;
        parents[count] = (int) link.parent();
        parentSequences[count] = (short) link.parentSequence();
        nameStarts[count] = start;
        byte[] block = blocks.get(start / BLOCK);
        Span name = link.name();
        block[start % BLOCK] = (byte) (name.size() / 2);
        System.arraycopy(name.bytes(), name.start(), block, start % BLOCK + 1, name.size());
        nameEnd = start + 1 + name.size();
        if (firstLinks[record] == NONE) {
            firstLinks[record] = count;
        }
        count++;
    }

    /** Gives files whose base record bears no name the one in an extension record. */
    void adopt(RecordTable table) {
        for (int link = 0; link < count; link++) {
            int file = table.fileOf(records[link]);
            records[link] = file;
            if (firstLinks[file] == NONE) {
                firstLinks[file] = link;
            }
        }
    }

    /** The first link of a record; {@link #NONE} if it has none or is not remembered. */
    int first(long record) {
        return record < firstLinks.length ? firstLinks[(int) record] : NONE;
    }

    int record(int link) {
        return records[link];
    }

    /** The folder's record; any number. */
    int parent(int link) {
        return parents[link];
    }

    int parentSequence(int link) {
        return parentSequences[link] & 0xffff;
    }

    /** The name as on the volume. */
    String name(int link) {
        byte[] block = blocks.get(nameStarts[link] / BLOCK);
        int at = nameStarts[link] % BLOCK;
        return new Span(block, at + 1, 2 * (block[at] & 0xff)).utf16();
    }

    /**
     * The first link of that folder whose name {@link FileNames} writes so, and that is accepted.
     *
     * @return {@link #NONE} if there is none
     */
    int find(int parent, String name, IntPredicate accepted) {
        // Only what needs an escape holds a backslash, so most names compare as they are.
        boolean plain = name.indexOf('\\') < 0;
        for (int link = 0; link < count; link++) {
            if (parents[link] == parent && accepted.test(link)) {
                String found = plain ? name(link) : FileNames.of(name(link));
                if (found.equals(name)) {
                    return link;
                }
            }
        }
        return NONE;
    }

    private int placeFor(int bytes) {
        int start = nameEnd % BLOCK + bytes > BLOCK ? (nameEnd / BLOCK + 1) * BLOCK : nameEnd;
        if (start + bytes > MAX_NAME_BYTES) {
            return NONE;
        }
        if (start / BLOCK == blocks.size()) {
            blocks.add(new byte[BLOCK]);
        }
        return start;
    }

    private void grow() {
        if (count == records.length) {
            records = Arrays.copyOf(records, count * 2);
            parents = Arrays.copyOf(parents, count * 2);
            parentSequences = Arrays.copyOf(parentSequences, count * 2);
            nameStarts = Arrays.copyOf(nameStarts, count * 2);
        }
    }
}
