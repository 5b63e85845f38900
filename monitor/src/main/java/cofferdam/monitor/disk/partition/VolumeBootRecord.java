package cofferdam.monitor.disk.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The first sector of a FAT, exFAT, NTFS or BitLocker volume. It ends in the signature of an MBR, and
 * has program code or messages where an MBR has its entries.
 */
final class VolumeBootRecord {

    private static final Set<String> NAMES = Set.of("NTFS    ", "EXFAT   ", "-FVE-FS-");
    private static final int SMALLEST_MEDIA = 0xf8;
    private static final int FLOPPY_MEDIA = 0xf0;

    private VolumeBootRecord() {}

    static boolean isOne(byte[] sector) {
        if (NAMES.contains(new String(sector, 3, 8, StandardCharsets.ISO_8859_1))) {
            return true;
        }
        return hasFatParameters(ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Microsoft FAT Specification (2005), section 3.1: what every BIOS parameter block keeps to. */
    private static boolean hasFatParameters(ByteBuffer sector) {
        int bytesPerSector = sector.getShort(11) & 0xffff;
        int sectorsPerCluster = sector.get(13) & 0xff;
        int reserved = sector.getShort(14) & 0xffff;
        int copies = sector.get(16) & 0xff;
        int media = sector.get(21) & 0xff;
        return bytesPerSector >= 512
                && bytesPerSector <= 4096
                && Integer.bitCount(bytesPerSector) == 1
                && Integer.bitCount(sectorsPerCluster) == 1
                && reserved != 0
                && copies != 0
                && (media >= SMALLEST_MEDIA || media == FLOPPY_MEDIA);
    }
}
