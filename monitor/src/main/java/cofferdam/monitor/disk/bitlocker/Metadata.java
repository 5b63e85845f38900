package cofferdam.monitor.disk.bitlocker;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One copy of the metadata (libbde, BitLocker Drive Encryption format, section "FVE metadata block"):
 * a block header of 64 bytes, a header of 48 and entries.
 *
 * @param version of the block: 1 for Windows Vista, 2 for later ones
 * @param encryptedSize how many bytes from the beginning on are enciphered; -1 where it does not say
 * @param headerSectors how many sectors at the beginning are not enciphered where they are
 * @param copies where all copies lie, in bytes
 */
record Metadata(
        int version,
        long encryptedSize,
        long headerSectors,
        List<Long> copies,
        EncryptionMethod method,
        List<Protector> protectors) {

    /** The size of a copy of Windows 7 and later in bytes, with what is not used of it. */
    static final int SIZE = 65_536;

    /** The size of one of Windows Vista. */
    static final int VISTA_SIZE = 16_384;

    private static final int BLOCK_HEADER = 64;
    private static final int HEADER = 48;
    private static final int ENTRY = 8;
    private static final int MASTER_KEY_ENTRY = 2;
    private static final int MASTER_KEY_VALUE = 8;
    private static final int VISTA_SECTORS = 16;

    Metadata {
        copies = List.copyOf(copies);
        protectors = List.copyOf(protectors);
    }

    /** How many bytes a copy takes. */
    int size() {
        return version == 1 ? VISTA_SIZE : SIZE;
    }

    /** The copy there; empty where it is not one, or is damaged. */
    static Optional<Metadata> at(ByteSource source, long offset) throws IOException {
        if (offset < BootSector.SIZE || offset > source.size() - BLOCK_HEADER - HEADER) {
            return Optional.empty();
        }
        int count = (int) Math.min(SIZE, source.size() - offset);
        byte[] bytes = source.read(offset, count);
        ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int version = block.getShort(10);
        long length = Integer.toUnsignedLong(block.getInt(BLOCK_HEADER));
        if (!Arrays.equals(bytes, 0, 8, BootSector.SIGNATURE, 0, 8)
                || (version != 1 && version != 2)
                || block.getInt(BLOCK_HEADER + 4) != 1
                || block.getInt(BLOCK_HEADER + 8) != HEADER
                || length < HEADER
                || length > count - BLOCK_HEADER) {
            return Optional.empty();
        }
        List<Long> copies = new ArrayList<>();
        for (int at = 32; at < 56; at += Long.BYTES) {
            copies.add(block.getLong(at));
        }
        int method = Short.toUnsignedInt(block.getShort(BLOCK_HEADER + 36));
        return protectors(block, BLOCK_HEADER + HEADER, BLOCK_HEADER + (int) length)
                .map(protectors -> new Metadata(
                        version,
                        version == 1 ? -1 : block.getLong(16),
                        version == 1 ? VISTA_SECTORS : Integer.toUnsignedLong(block.getInt(28)),
                        copies,
                        EncryptionMethod.of(method),
                        protectors));
    }

    /** What the entries that hold a master key say; empty where one does not fit. */
    private static Optional<List<Protector>> protectors(ByteBuffer block, int start, int end) {
        List<Protector> protectors = new ArrayList<>();
        int at = start;
        while (at < end) {
            if (at > end - ENTRY) {
                return Optional.empty();
            }
            int size = Short.toUnsignedInt(block.getShort(at));
            if (size < ENTRY || size > end - at) {
                return Optional.empty();
            }
            boolean key = block.getShort(at + 2) == MASTER_KEY_ENTRY
                    && block.getShort(at + 4) == MASTER_KEY_VALUE;
            if (key && size >= ENTRY + 28) {
                int protection = Short.toUnsignedInt(block.getShort(at + ENTRY + 26));
                protectors.add(Protector.of(protection));
            }
            at += size;
        }
        return Optional.of(protectors);
    }
}
