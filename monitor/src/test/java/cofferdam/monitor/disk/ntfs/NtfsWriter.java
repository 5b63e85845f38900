package cofferdam.monitor.disk.ntfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds folders, links, streams, compressed and deleted files to a volume that mkntfs made, which no
 * program does without mounting it. Records and indexes are written when it is closed.
 */
final class NtfsWriter implements AutoCloseable {

    /** The first record that is given to a file. */
    static final int FIRST_RECORD = 64;

    private static final int RECORDS = 128;
    private static final int ROOT = 5;
    private static final int MOST_RESIDENT = 500;
    private static final int RUNS_A_RECORD = 120;
    private static final int UNIT_CLUSTERS = 16;
    private static final int SPARSE = 0x8000;
    private static final int SPARSE_FILE = 0x200;
    private static final int COMPRESSED_FILE = 0x800;
    private static final int INDEX_PRESENT = 0x10000000;
    private static final int STANDARD_INFORMATION = 0x10;
    private static final int INDEX_ROOT = 0x90;
    private static final int INDEX_ALLOCATION = 0xa0;
    private static final int BITMAP = 0xb0;

    private final Path image;
    private final RawVolume volume;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Node> all = new ArrayList<>();

    /** A name of a file in a folder. */
    private record Link(Node folder, String name) {}

    /** A file or folder. */
    private static final class Node {
        final int record;
        final int sequence;
        final List<Link> links = new ArrayList<>();
        final List<Data> streams = new ArrayList<>();
        final RawRuns index = new RawRuns();
        boolean compressed;
        boolean live = true;

        Node(int record, int sequence) {
            this.record = record;
            this.sequence = sequence;
        }

        long reference() {
            return RawRecord.reference(record, sequence);
        }

        boolean folder() {
            return !index.runs().isEmpty();
        }

        int flags() {
            boolean sparse = streams.stream().anyMatch(stream -> stream.flags == SPARSE);
            return (folder() ? INDEX_PRESENT : 0)
                    | (compressed ? COMPRESSED_FILE : 0)
                    | (sparse ? SPARSE_FILE : 0);
        }
    }

    /** A stream: its content where it is resident, else its runs. */
    private static final class Data {
        final String name;
        final RawRuns runs = new RawRuns();
        byte[] resident = {};
        long size;
        int flags;

        Data(String name) {
            this.name = name;
        }
    }

    /** Opens the volume in that file for writing. */
    NtfsWriter(Path image) throws IOException {
        this(image, RECORDS);
    }

    /** Opens it, and makes room for so many records. */
    NtfsWriter(Path image, int records) throws IOException {
        this.image = image;
        volume = new RawVolume(Files.readAllBytes(image), records);
        Node root = new Node(ROOT, ROOT);
        root.index.add(volume.indexAt(ROOT) / volume.clusterSize(), 1);
        nodes.put("", root);
    }

    /** Makes a folder. */
    void folder(String path) {
        int clusters = volume.clusters(RawIndex.SIZE);
        create(path).index.add(volume.allocate(clusters), clusters);
    }

    /** Makes a folder whose files are compressed. */
    void compressedFolder(String path) {
        folder(path);
        node(path).compressed = true;
    }

    /** Makes a file with that content. */
    void file(String path, byte[] content) {
        Node made = create(path);
        made.compressed = node(folderOf(path)).compressed;
        made.streams.add(made.compressed ? packed(content) : data("", content));
    }

    /** Writes behind the end of a file, from a whole cluster on; there may be a hole before it. */
    void append(String path, long offset, byte[] content) {
        Data data = node(path).streams.getFirst();
        int hole = Math.toIntExact(offset / volume.clusterSize()) - data.runs.clusters();
        if (hole > 0) {
            data.runs.add(RawRuns.HOLE, hole);
            data.flags = SPARSE;
        }
        store(data, content);
        data.size = offset + content.length;
    }

    /** Adds an alternate stream to a file. */
    void stream(String path, String name, byte[] content) {
        node(path).streams.add(data(name, content));
    }

    /** Gives a file a second name. */
    void link(String path, String second) {
        Node node = node(path);
        node.links.add(new Link(node(folderOf(second)), nameOf(second)));
        nodes.put(second, node);
    }

    /** Deletes a file of one name, or an empty folder. */
    void delete(String path) {
        Node node = node(path);
        node.live = false;
        nodes.remove(path);
        free(node.index);
        node.streams.forEach(stream -> free(stream.runs));
    }

    @Override
    public void close() throws IOException {
        for (Node node : all) {
            write(node);
        }
        // Only now, so that no extension takes the place of what is deleted.
        all.stream().filter(node -> !node.live).forEach(node -> volume.freeRecord(node.record));
        for (Node folder : nodes.values()) {
            if (folder.folder()) {
                writeIndex(folder);
            }
        }
        Files.write(image, volume.bytes());
    }

    private Node create(String path) {
        Node made = new Node(volume.allocateRecord(FIRST_RECORD), 1);
        made.links.add(new Link(node(folderOf(path)), nameOf(path)));
        nodes.put(path, made);
        all.add(made);
        return made;
    }

    private Node node(String path) {
        Node node = nodes.get(path);
        if (node == null) {
            throw new AssertionError("no " + path);
        }
        return node;
    }

    private static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Data data(String name, byte[] content) {
        Data data = new Data(name);
        data.size = content.length;
        if (content.length > MOST_RESIDENT) {
            store(data, content);
        } else {
            data.resident = content.clone();
        }
        return data;
    }

    private void store(Data data, byte[] content) {
        int clusters = volume.clusters(content.length);
        int lcn = volume.allocate(clusters);
        volume.write(lcn * volume.clusterSize(), content);
        data.runs.add(lcn, clusters);
    }

    /** Compressed unit by unit: as zeros, packed where that saves a cluster, or as it is. */
    private Data packed(byte[] content) {
        Data data = new Data("");
        data.size = content.length;
        data.flags = Attribute.COMPRESSED;
        int unit = UNIT_CLUSTERS * volume.clusterSize();
        for (int from = 0; from < content.length; from += unit) {
            // A plain chunk is always a whole one, so the last is filled up.
            int size = Math.min(unit, (content.length - from + 4095) / 4096 * 4096);
            byte[] plain = Arrays.copyOfRange(content, from, from + size);
            byte[] packed = Lznt1Test.compress(plain);
            if (Arrays.equals(plain, new byte[size])) {
                data.runs.add(RawRuns.HOLE, UNIT_CLUSTERS);
            } else if (volume.clusters(packed.length) < UNIT_CLUSTERS) {
                store(data, packed);
                data.runs.add(RawRuns.HOLE, UNIT_CLUSTERS - volume.clusters(packed.length));
            } else {
                store(data, Arrays.copyOf(plain, unit));
            }
        }
        return data;
    }

    private void free(RawRuns runs) {
        for (RawRuns.Run run : runs.runs()) {
            if (!run.hole()) {
                volume.mark((int) run.lcn(), run.clusters(), false);
            }
        }
    }

    private static byte[] key(Node node, Link link) {
        long size = node.streams.isEmpty() ? 0 : node.streams.getFirst().size;
        return RawRecord.fileName(link.folder.reference(), link.name, 0, size, node.flags());
    }

    private void writeIndex(Node folder) {
        int at = (int) folder.index.runs().getFirst().lcn() * volume.clusterSize();
        RawIndex index = folder.record == ROOT ? RawIndex.read(volume.block(at)) : new RawIndex();
        for (Node node : all) {
            for (Link link : node.links) {
                if (node.live && link.folder == folder) {
                    index.add(node.reference(), key(node, link));
                }
            }
        }
        volume.write(at, index.block());
    }

    private void write(Node node) {
        List<byte[]> attributes = new ArrayList<>();
        byte[] standard = new byte[0x30];
        standard[0x21] = (byte) (node.flags() >> 8);
        attributes.add(RawRecord.resident(STANDARD_INFORMATION, "", standard));
        for (Link link : node.links) {
            attributes.add(RawRecord.resident(AttributeType.FILE_NAME, "", key(node, link)));
        }
        Data first = node.folder() ? new Data("") : node.streams.getFirst();
        if (first.runs.runs().size() > RUNS_A_RECORD) {
            attributes.add(1, RawRecord.resident(AttributeType.ATTRIBUTE_LIST, "", new byte[0]));
            attributes.set(1, extend(node, attributes.size(), first));
        } else {
            node.streams.forEach(stream -> attributes.add(attribute(stream)));
        }
        if (node.folder()) {
            attributes.add(RawRecord.resident(
                    INDEX_ROOT, RawIndex.NAME, RawIndex.root(volume.clusterSize())));
            attributes.add(mapped(INDEX_ALLOCATION, RawIndex.NAME, node.index, RawIndex.SIZE));
            attributes.add(RawRecord.resident(BITMAP, RawIndex.NAME, new byte[] {
                (byte) (node.live ? 1 : 0), 0, 0, 0, 0, 0, 0, 0
            }));
        }
        int flags = (node.live ? RawRecord.IN_USE : 0) | (node.folder() ? RawRecord.FOLDER : 0);
        volume.put(
                node.record,
                RawRecord.of(
                        volume.recordSize(),
                        node.record,
                        // Freeing a record increments its sequence number.
                        node.sequence + (node.live ? 0 : 1),
                        node.live ? node.links.size() : 0,
                        flags,
                        0,
                        attributes.toArray(byte[][]::new)));
    }

    private byte[] attribute(Data data) {
        return data.runs.runs().isEmpty()
                ? RawRecord.resident(AttributeType.DATA, data.name, data.resident)
                : piece(data, data.runs, 0);
    }

    private byte[] mapped(int type, String name, RawRuns runs, long size) {
        long allocated = (long) runs.clusters() * volume.clusterSize();
        return RawRecord.mapped(type, name, 0, runs, 0, size, allocated, allocated);
    }

    private byte[] piece(Data data, RawRuns runs, long first) {
        return RawRecord.mapped(
                AttributeType.DATA,
                data.name,
                data.flags,
                runs,
                first,
                data.size,
                (long) data.runs.clusters() * volume.clusterSize(),
                (long) data.runs.stored() * volume.clusterSize());
    }

    /**
     * Spreads the runs of a file's content over extension records.
     *
     * @param attributes how many its base record has, the list included
     * @return the list, which has a cluster of its own
     */
    private byte[] extend(Node node, int attributes, Data data) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.writeBytes(RawRecord.listEntry(STANDARD_INFORMATION, 0, node.reference(), 0));
        for (int id = 2; id < attributes; id++) {
            list.writeBytes(RawRecord.listEntry(AttributeType.FILE_NAME, 0, node.reference(), id));
        }
        List<RawRuns.Run> runs = data.runs.runs();
        long vcn = 0;
        for (int from = 0; from < runs.size(); from += RUNS_A_RECORD) {
            RawRuns some =
                    new RawRuns(runs.subList(from, Math.min(runs.size(), from + RUNS_A_RECORD)));
            int record = volume.allocateRecord(FIRST_RECORD);
            volume.put(
                    record,
                    RawRecord.of(
                            volume.recordSize(),
                            record,
                            1,
                            0,
                            RawRecord.IN_USE,
                            node.reference(),
                            piece(data, some, vcn)));
            list.writeBytes(RawRecord.listEntry(
                    AttributeType.DATA, vcn, RawRecord.reference(record, 1), 0));
            vcn += some.clusters();
        }
        Data stored = new Data("");
        store(stored, list.toByteArray());
        return mapped((int) AttributeType.ATTRIBUTE_LIST, "", stored.runs, list.size());
    }
}
