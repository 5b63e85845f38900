package cofferdam.monitor.initramfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A 64-bit little-endian ELF file for x86-64, as far as it is needed here: which segments there are,
 * and a section's bytes by its name. Files come from outside: every offset is checked.
 *
 * <p>Source: System V Application Binary Interface, chapters 4 and 5; elf(5).
 */
final class ElfFile {

    /** The type of a segment that names the program which loads shared libraries (PT_INTERP). */
    static final int INTERPRETER = 3;

    private static final int HEADER = 64;
    private static final int MAGIC = 0x464c457f;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int X86_64 = 62;
    private static final int SEGMENT_HEADER = 56;
    private static final int SECTION_HEADER = 64;
    private static final int NO_BITS = 8;
    private static final int LONGEST_NAME = 256;

    private final ByteBuffer file;

    private ElfFile(byte[] bytes) {
        this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Looks at a file's bytes, which are not copied.
     *
     * @throws UnusablePartException if it is no such file
     */
    static ElfFile of(byte[] bytes) throws UnusablePartException {
        ElfFile elf = new ElfFile(bytes);
        if (bytes.length < HEADER || elf.file.getInt(0) != MAGIC) {
            throw new UnusablePartException("it is no ELF file");
        }
        if (elf.file.get(4) != CLASS_64 || elf.file.get(5) != LITTLE_ENDIAN) {
            throw new UnusablePartException("it is no 64-bit little-endian ELF file");
        }
        int machine = elf.unsigned16(18);
        if (machine != X86_64) {
            throw new UnusablePartException(
                    "it is for the ELF machine %d, not for x86-64 (%d)".formatted(machine, X86_64));
        }
        return elf;
    }

    /**
     * Whether it has a segment of that type.
     *
     * @throws UnusablePartException if the table of segments is not inside the file
     */
    boolean hasSegment(int type) throws UnusablePartException {
        ByteBuffer table =
                table(file.getLong(32), unsigned16(54), SEGMENT_HEADER, unsigned16(56), "segments");
        for (int at = 0; at < table.limit(); at += SEGMENT_HEADER) {
            if (table.getInt(at) == type) {
                return true;
            }
        }
        return false;
    }

    /**
     * The bytes of the first section of that name; empty if it has none.
     *
     * @throws UnusablePartException if the table of sections or that section is not inside the file
     */
    Optional<ByteBuffer> section(String name) throws UnusablePartException {
        ByteBuffer table =
                table(file.getLong(40), unsigned16(58), SECTION_HEADER, unsigned16(60), "sections");
        int count = table.limit() / SECTION_HEADER;
        int namesAt = unsigned16(62);
        if (namesAt >= count) {
            return Optional.empty();
        }
        ByteBuffer names = content(table, namesAt);
        for (int section = 0; section < count; section++) {
            if (name.equals(text(names, table.getInt(section * SECTION_HEADER)))) {
                return Optional.of(content(table, section));
            }
        }
        return Optional.empty();
    }

    private ByteBuffer table(long offset, int entry, int wanted, int count, String what)
            throws UnusablePartException {
        if (count > 0 && entry != wanted) {
            throw new UnusablePartException("its table of %s has entries of %d bytes, not of %d"
                    .formatted(what, entry, wanted));
        }
        return slice(offset, (long) count * wanted, "its table of " + what);
    }

    private ByteBuffer content(ByteBuffer table, int section) throws UnusablePartException {
        int at = section * SECTION_HEADER;
        long size = table.getInt(at + 4) == NO_BITS ? 0 : table.getLong(at + 32);
        return slice(table.getLong(at + 24), size, "its section %d".formatted(section));
    }

    private ByteBuffer slice(long offset, long size, String what) throws UnusablePartException {
        if (size == 0) {
            return ByteBuffer.allocate(0);
        }
        if (offset < 0 || size < 0 || offset > file.limit() - size) {
            throw new UnusablePartException("%s (%d bytes at %d) is not inside its %d bytes"
                    .formatted(what, size, offset, file.limit()));
        }
        return file.slice((int) offset, (int) size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The text that begins there and ends with a zero byte; empty where there is none. */
    private static String text(ByteBuffer names, int offset) {
        if (offset < 0 || offset >= names.limit()) {
            return "";
        }
        int limit = Math.min(names.limit() - offset, LONGEST_NAME);
        for (int length = 0; length < limit; length++) {
            if (names.get(offset + length) == 0) {
                byte[] text = new byte[length];
                names.get(offset, text);
                return new String(text, StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private int unsigned16(int at) {
        return Short.toUnsignedInt(file.getShort(at));
    }
}
