package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.qcow2.MappedDisk.L1Table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The snapshot table of an image that is written. */
final class SnapshotList {

    private static final int MOST_NAME = 255;

    private final ImageFile file;
    private final Allocator allocator;
    private final List<Snapshot> snapshots;
    private long offset;
    private long length;

    private SnapshotList(ImageFile file, Allocator allocator, Snapshot.Table table, long offset) {
        this.file = file;
        this.allocator = allocator;
        snapshots = new ArrayList<>(table.snapshots());
        length = table.length();
        this.offset = offset;
    }

    static SnapshotList read(ImageFile file, Qcow2Header header, Allocator allocator)
            throws IOException {
        Snapshot.Table table = Snapshot.read(file, header, new ArrayList<>());
        return new SnapshotList(file, allocator, table, header.snapshotsOffset());
    }

    List<String> names() {
        return snapshots.stream().map(SnapshotList::name).toList();
    }

    Snapshot named(String name) {
        return snapshots.stream()
                .filter(snapshot -> name(snapshot).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("no snapshot is called '%s'".formatted(name)));
    }

    void requireNew(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MOST_NAME || names().contains(name)) {
            throw new IllegalArgumentException("'%s' is taken, or no name".formatted(name));
        }
        if (snapshots.size() == Qcow2Header.MOST_SNAPSHOTS) {
            throw new IllegalArgumentException("there are too many snapshots");
        }
    }

    void add(String name, L1Table l1, Instant taken, long vmStateSize, long diskSize)
            throws IOException {
        snapshots.add(new Snapshot(
                l1.offset(),
                l1.entries(),
                nextId().getBytes(StandardCharsets.US_ASCII),
                name.getBytes(StandardCharsets.UTF_8),
                taken.getEpochSecond(),
                taken.getNano(),
                0,
                vmStateSize,
                diskSize));
        store();
    }

    Snapshot remove(String name) throws IOException {
        Snapshot snapshot = named(name);
        snapshots.remove(snapshot);
        store();
        return snapshot;
    }

    private String nextId() {
        long most = 0;
        for (Snapshot snapshot : snapshots) {
            String id = new String(snapshot.id(), StandardCharsets.US_ASCII);
            if (id.matches("[0-9]{1,9}")) {
                most = Math.max(most, Long.parseLong(id));
            }
        }
        return Long.toString(most + 1);
    }

    /** Writes the table to a new place, and then the header that points there. */
    private void store() throws IOException {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        for (Snapshot snapshot : snapshots) {
            table.writeBytes(snapshot.toBytes());
        }
        long oldOffset = offset;
        long oldLength = length;
        offset = 0;
        length = table.size();
        if (length > 0) {
            offset = allocator.allocateZeroed(length);
            file.write(offset, table.toByteArray());
        }
        byte[] fields = new byte[12];
        BigEndian.put(fields, 0, snapshots.size());
        BigEndian.put(fields, 4, offset);
        file.write(60, fields);
        if (oldLength > 0) {
            allocator.release(oldOffset, oldLength);
        }
    }

    private static String name(Snapshot snapshot) {
        return new String(snapshot.name(), StandardCharsets.UTF_8);
    }
}
