package cofferdam.monitor.initramfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Small ELF files for x86-64, put together byte by byte. */
final class ElfSample {

    private static final int HEADER = 64;

    private ElfSample() {}

    /** A kernel module with these entries in its section {@code .modinfo}. */
    static byte[] module(String... information) {
        byte[] modinfo = (String.join("\0", information) + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] names = "\0.modinfo\0.shstrtab\0".getBytes(StandardCharsets.UTF_8);
        int sections = HEADER + modinfo.length + names.length;
        ByteBuffer file = header(sections + 3 * 64);
        file.putLong(40, sections).putShort(58, (short) 64).putShort(60, (short) 3);
        file.putShort(62, (short) 2);
        file.put(HEADER, modinfo).put(HEADER + modinfo.length, names);
        section(file, sections + 64, 1, HEADER, modinfo.length);
        section(file, sections + 128, 10, HEADER + modinfo.length, names.length);
        return file.array();
    }

    /** A program with one segment of that type, and this after its headers. */
    static byte[] program(int segment, String content) {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = header(HEADER + 56 + text.length);
        file.putLong(32, HEADER).putShort(54, (short) 56).putShort(56, (short) 1);
        file.putInt(HEADER, segment).put(HEADER + 56, text);
        return file.array();
    }

    private static ByteBuffer header(int size) {
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1);
        return file.putShort(18, (short) 62);
    }

    private static void section(ByteBuffer file, int at, int name, long offset, long size) {
        file.putInt(at, name).putInt(at + 4, 1).putLong(at + 24, offset).putLong(at + 32, size);
    }
}
