package cofferdam.monitor.disk.partition;

import cofferdam.monitor.disk.BlockDevice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A master boot record, or an extended one, which has the same layout: 446 bytes of code, four entries
 * of 16 bytes, and the signature 55 AA.
 *
 * @param signed whether the signature is there
 * @param entries always four
 */
record Mbr(boolean signed, List<Entry> entries) {

    static final int ENTRIES_OFFSET = 446;
    static final int ENTRY_SIZE = 16;
    static final int ENTRY_COUNT = 4;
    static final int SIGNATURE_OFFSET = 510;
    static final int SIGNATURE = 0xaa55;
    static final int ACTIVE = 0x80;

    /**
     * One entry.
     *
     * @param number from 1
     * @param status 0x80 for the active partition, else 0
     * @param start first sector; what it counts from depends on where the entry is
     * @param sectors how many; 0 for an unused entry
     */
    record Entry(int number, int status, int type, long start, long sectors) {

        boolean isUsed() {
            return sectors != 0;
        }

        /** The types of DOS, of Windows (by LBA) and of Linux for an extended partition. */
        boolean isExtended() {
            return type == 0x05 || type == 0x0f || type == 0x85;
        }

        long end() {
            return start + sectors;
        }
    }

    /** @param sector its 512 bytes */
    static Mbr parse(byte[] sector) {
        ByteBuffer buffer = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < ENTRY_COUNT; i++) {
            int at = ENTRIES_OFFSET + i * ENTRY_SIZE;
            entries.add(new Entry(
                    i + 1,
                    buffer.get(at) & 0xff,
                    buffer.get(at + 4) & 0xff,
                    Integer.toUnsignedLong(buffer.getInt(at + 8)),
                    Integer.toUnsignedLong(buffer.getInt(at + 12))));
        }
        boolean signed = (buffer.getShort(SIGNATURE_OFFSET) & 0xffff) == SIGNATURE;
        return new Mbr(signed, List.copyOf(entries));
    }

    List<Entry> used() {
        return entries.stream().filter(Entry::isUsed).toList();
    }

    /** Whether it says that the disk has a GPT. */
    boolean isProtective() {
        return signed
                && entries.stream().anyMatch(entry -> entry.type() == PartitionType.PROTECTIVE_MBR);
    }

    /**
     * Whether its entries can be meant as such.
     *
     * @param volume whether the sector is a file system's too, which asks for better evidence
     */
    boolean isPlausible(long diskSize, boolean volume) {
        List<Entry> used = used();
        if (!signed || used.isEmpty() || !entries.stream().allMatch(Mbr::hasKnownStatus)) {
            return false;
        }
        long diskSectors = diskSize / BlockDevice.SECTOR;
        if (!volume) {
            return used.stream().anyMatch(entry -> entry.start() < diskSectors);
        }
        return used.stream()
                .allMatch(entry ->
                        entry.type() != 0 && entry.start() != 0 && entry.end() <= diskSectors);
    }

    private static boolean hasKnownStatus(Entry entry) {
        return entry.status() == 0 || entry.status() == ACTIVE;
    }
}
