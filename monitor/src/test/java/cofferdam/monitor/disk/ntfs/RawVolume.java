package cofferdam.monitor.disk.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A volume that mkntfs made, with room in $MFT for more records: these, clusters and their bitmaps
 * are changed in place. Nothing here uses the reader that the tests are for.
 */
final class RawVolume {

    private static final int MFT_BITMAP = 0xb0;

    private final byte[] volume;
    private final int clusterSize;
    private final int recordSize;
    private int mftAt;
    private int mftBitmapAt;
    private final int bitmapAt;
    private final int records;

    /** Moves $MFT to where there is room for so many records in one piece. */
    RawVolume(byte[] volume, int records) {
        this.volume = volume;
        this.records = records;
        ByteBuffer all = all();
        int perCluster = all.get(0x0d);
        clusterSize = all.getShort(0x0b)
                * (perCluster < -1 && perCluster > -32 ? 1 << -perCluster : perCluster & 0xff);
        int perRecord = all.get(0x40);
        recordSize = perRecord < 0 ? 1 << -perRecord : perRecord * clusterSize;
        mftAt = Math.toIntExact(all.getLong(0x30) * clusterSize);
        bitmapAt = firstRun(record(6), AttributeType.DATA) * clusterSize;
        moveTable();
    }

    private void moveTable() {
        ByteBuffer first = record(0);
        int data = attribute(first, AttributeType.DATA);
        int before = (int) first.getLong(data + 0x30);
        int clusters = clusters(records * recordSize);
        int from = mftAt;
        int to = allocate(clusters);
        mftAt = to * clusterSize;
        System.arraycopy(volume, from, volume, mftAt, before);
        Arrays.fill(volume, from, from + before, (byte) 0);
        mark(from / clusterSize, clusters((int) first.getLong(data + 0x28)), false);
        for (int record = before / recordSize; record < records; record++) {
            put(record, RawRecord.of(recordSize, record, 1, 0, 0, 0));
        }
        RawRuns runs = new RawRuns();
        runs.add(to, clusters);
        first.putLong(data + 0x18, clusters - 1).putLong(data + 0x28, clusters * clusterSize);
        first.putLong(data + 0x30, records * recordSize);
        first.putLong(data + 0x38, records * recordSize);
        first.put(data + first.getShort(data + 0x20), runs.pairs());
        int bitmap = attribute(first, MFT_BITMAP);
        mftBitmapAt = firstRun(first, MFT_BITMAP) * clusterSize;
        long bits = Math.min((records + 63) / 64 * 8, first.getLong(bitmap + 0x28));
        first.putLong(bitmap + 0x30, bits).putLong(bitmap + 0x38, bits);
        RawRecord.protect(first, first.getShort(4));
        put(0, first.array());
        int mirror = Math.toIntExact(all().getLong(0x38) * clusterSize);
        System.arraycopy(first.array(), 0, volume, mirror, recordSize);
        all().putLong(0x30, to);
        all().putLong(volume.length - all().getShort(0x0b) + 0x30, to);
    }

    private static int attribute(ByteBuffer record, long type) {
        int at = record.getShort(0x14);
        while (record.getInt(at) != type) {
            at += record.getInt(at + 4);
        }
        return at;
    }

    private static int firstRun(ByteBuffer record, long type) {
        int at = attribute(record, type);
        at += record.getShort(at + 0x20);
        int lengthBytes = record.get(at) & 0xf;
        int lcn = 0;
        for (int i = (record.get(at) >> 4) - 1; i >= 0; i--) {
            lcn = lcn << 8 | record.get(at + 1 + lengthBytes + i) & 0xff;
        }
        return lcn;
    }

    private ByteBuffer all() {
        return ByteBuffer.wrap(volume).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] bytes() {
        return volume;
    }

    int clusterSize() {
        return clusterSize;
    }

    int recordSize() {
        return recordSize;
    }

    /** How many clusters hold so many bytes. */
    int clusters(int bytes) {
        return (bytes + clusterSize - 1) / clusterSize;
    }

    /** A copy of a record, without its fixups. */
    ByteBuffer record(int number) {
        int at = mftAt + number * recordSize;
        ByteBuffer record = ByteBuffer.wrap(Arrays.copyOfRange(volume, at, at + recordSize))
                .order(ByteOrder.LITTLE_ENDIAN);
        RawRecord.unprotect(record);
        return record;
    }

    /** Where the first cluster of the index of a record lies, in bytes. */
    int indexAt(int record) {
        return firstRun(record(record), 0xa0) * clusterSize;
    }

    /** A copy of a block of an index. */
    ByteBuffer block(int at) {
        return ByteBuffer.wrap(Arrays.copyOfRange(volume, at, at + RawIndex.SIZE))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    void put(int record, byte[] bytes) {
        write(mftAt + record * recordSize, bytes);
    }

    void write(int at, byte[] bytes) {
        System.arraycopy(bytes, 0, volume, at, bytes.length);
    }

    /** The first record from there on that is free, marked as used. */
    int allocateRecord(int from) {
        for (int record = from; record < records; record++) {
            int bit = 1 << record % 8;
            if ((volume[mftBitmapAt + record / 8] & bit) == 0) {
                volume[mftBitmapAt + record / 8] |= (byte) bit;
                return record;
            }
        }
        throw new AssertionError("no free record of %d".formatted(records));
    }

    void freeRecord(int record) {
        volume[mftBitmapAt + record / 8] &= (byte) ~(1 << record % 8);
    }

    /** The first so many clusters that are free one after the other, marked as used. */
    int allocate(int clusters) {
        int found = 0;
        for (int cluster = 0; cluster < volume.length / clusterSize; cluster++) {
            boolean free = (volume[bitmapAt + cluster / 8] >> cluster % 8 & 1) == 0;
            found = free ? found + 1 : 0;
            if (found == clusters) {
                int first = cluster - clusters + 1;
                mark(first, clusters, true);
                return first;
            }
        }
        throw new AssertionError("no %d free clusters".formatted(clusters));
    }

    /** Marks clusters as used or free. */
    void mark(int lcn, int clusters, boolean used) {
        for (int cluster = lcn; cluster < lcn + clusters; cluster++) {
            int bit = 1 << cluster % 8;
            int at = bitmapAt + cluster / 8;
            volume[at] = (byte) (used ? volume[at] | bit : volume[at] & ~bit);
        }
    }
}
