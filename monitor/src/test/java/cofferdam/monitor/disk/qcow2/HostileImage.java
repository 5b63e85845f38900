package cofferdam.monitor.disk.qcow2;

import java.util.Arrays;

/**
 * A tiny image of version 3 whose fields and tables a test sets as it likes: clusters of 64 KiB;
 * header at 0, refcount table at 1, refcount block at 2, L1 table at 3, L2 table at 4, data at 5.
 */
final class HostileImage {

    static final int CLUSTER = 1 << 16;
    static final int REFCOUNT_TABLE = CLUSTER;
    static final int REFCOUNT_BLOCK = 2 * CLUSTER;
    static final int L1 = 3 * CLUSTER;
    static final int L2 = 4 * CLUSTER;
    static final int DATA = 5 * CLUSTER;

    private byte[] bytes = new byte[6 * CLUSTER];

    /** A sound image of a disk of 1 GiB whose first cluster is allocated. */
    HostileImage() {
        number(0, Qcow2Header.MAGIC);
        number(4, 3);
        number(20, 16);
        offset(24, 1L << 30);
        number(36, 2);
        offset(40, L1);
        offset(48, REFCOUNT_TABLE);
        number(56, 1);
        number(96, 4);
        number(100, 104);
        offset(REFCOUNT_TABLE, REFCOUNT_BLOCK);
        for (int cluster = 0; cluster < 6; cluster++) {
            bytes[REFCOUNT_BLOCK + 2 * cluster + 1] = 1;
        }
        offset(L1, L2 | Layout.COPIED);
        offset(L2, DATA | Layout.COPIED);
        Arrays.fill(bytes, DATA, DATA + CLUSTER, (byte) 'd');
    }

    /** Sets 32 bits. */
    HostileImage number(int at, int value) {
        BigEndian.put(bytes, at, value);
        return this;
    }

    /** Sets 64 bits. */
    HostileImage offset(int at, long value) {
        BigEndian.put(bytes, at, value);
        return this;
    }

    HostileImage put(int at, byte[] value) {
        System.arraycopy(value, 0, bytes, at, value.length);
        return this;
    }

    /** Sets so many 64-bit entries to one value. */
    HostileImage fill(int at, int entries, long value) {
        for (int i = 0; i < entries; i++) {
            offset(at + 8 * i, value);
        }
        return this;
    }

    HostileImage resize(int size) {
        bytes = Arrays.copyOf(bytes, size);
        return this;
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
