package cofferdam.monitor.disk.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Changes records of $MFT in a volume in memory, as a hostile writer would: with good fixups again.
 * For volumes whose $MFT is in one piece, with records of 1024 bytes.
 */
record RecordEditor(byte[] volume) {

    static final int RECORD = 1024;

    private static final int CLUSTER_SHIFT_FIELD = 0x0d;

    private ByteBuffer all() {
        return ByteBuffer.wrap(volume).order(ByteOrder.LITTLE_ENDIAN);
    }

    int clusterSize() {
        return all().getShort(0x0b) * volume[CLUSTER_SHIFT_FIELD];
    }

    /** Where a record begins, in bytes. */
    int offset(int record) {
        return (int) (all().getLong(0x30) * clusterSize()) + record * RECORD;
    }

    /** Changes a record, whose fixups are out of the way meanwhile. */
    void edit(int record, Consumer<ByteBuffer> change) {
        ByteBuffer bytes =
                all().slice(offset(record), RECORD).order(ByteOrder.LITTLE_ENDIAN);
        int array = bytes.getShort(4);
        for (int sector = 1; sector <= 2; sector++) {
            bytes.putShort(sector * 512 - 2, bytes.getShort(array + 2 * sector));
        }
        change.accept(bytes);
        for (int sector = 1; sector <= 2; sector++) {
            bytes.putShort(array + 2 * sector, bytes.getShort(sector * 512 - 2));
            bytes.putShort(sector * 512 - 2, bytes.getShort(array));
        }
    }

    /** Where the first attribute of that type begins in the record, in bytes. */
    static int attribute(ByteBuffer record, long type) {
        int at = record.getShort(0x14);
        while (record.getInt(at) != (int) type) {
            at += record.getInt(at + 4);
        }
        return at;
    }

    /** Puts other mapping pairs into the first non-resident attribute of that type. */
    static void pairs(ByteBuffer record, long type, int... pairs) {
        int attribute = attribute(record, type);
        int at = attribute + record.getShort(attribute + 0x20);
        for (int octet : pairs) {
            record.put(at++, (byte) octet);
        }
        record.put(at, (byte) 0);
    }
}
