package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.BlockDevice;

import java.nio.charset.StandardCharsets;

/**
 * Writes descriptors of images with one extent and no parent.
 *
 * @param cid the content identifier, any number
 * @param sectors the capacity
 * @param fileName of the extent, beside the descriptor
 */
record DescriptorText(int cid, long sectors, String fileName) {

    /** The geometry that the hardware of an IDE disk has. */
    private static final int HEADS = 16;

    private static final int SECTORS = 63;
    private static final long MOST_CYLINDERS = 16383;

    byte[] sparse() {
        return text("monolithicSparse", "SPARSE \"%s\"".formatted(fileName));
    }

    byte[] flat() {
        return text("monolithicFlat", "FLAT \"%s\" 0".formatted(fileName));
    }

    private byte[] text(String type, String extent) {
        long cylinders = Math.min(MOST_CYLINDERS, sectors / (HEADS * SECTORS));
        return """
                # Disk DescriptorFile
                version=1
                CID=%08x
                parentCID=ffffffff
                createType="%s"

                # Extent description
                RW %d %s

                # The Disk Data Base
                #DDB

                ddb.virtualHWVersion = "4"
                ddb.geometry.cylinders = "%d"
                ddb.geometry.heads = "%d"
                ddb.geometry.sectors = "%d"
                ddb.adapterType = "ide"
                """.formatted(cid, type, sectors, extent, cylinders, HEADS, SECTORS)
                .getBytes(StandardCharsets.UTF_8);
    }

    static DescriptorText of(int cid, long size, String fileName) {
        boolean fits = fileName.length() <= 255
                && fileName.chars().noneMatch(c -> c == '"' || c == '/' || c == '\\' || c < ' ');
        if (!fits || fileName.isEmpty()) {
            throw new IllegalArgumentException(
                    "'%s' cannot be the name of an extent".formatted(fileName));
        }
        return new DescriptorText(cid, size / BlockDevice.SECTOR, fileName);
    }
}
