package cofferdam.monitor.linux;

import cofferdam.monitor.initramfs.GuestFile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * A program for guests of the architecture x86-64 that reads the buses, which no shell can: first every
 * PCI function's vendor and device number by configuration mechanism #1 (PCI Local Bus Specification
 * 2.1, section 3.2.2.3.2), then every I/O port but those of the first two serial lines, by which the
 * testbed talks with the guest, and which would lose a character with every look.
 *
 * <p>It writes one byte for each port and then four for each function, the lowest first; what nobody
 * answered, and what was not read, is all ones. It ends with 1 if the kernel does not let it, as it
 * does not let anyone but root (iopl(2)). Function and port numbers are {@code esi} and {@code edx}.
 */
final class BusProgram {

    /** Where it is in a guest. */
    static final String PATH = GuestScripts.FOLDER + "buses";

    /** How many ports there are. */
    static final int PORTS = 1 << 16;

    /** How many functions PCI has room for: 256 buses, 32 devices, 8 functions. */
    static final int FUNCTIONS = 1 << 16;

    /** How many bytes it writes. */
    static final int OUTPUT = PORTS + FUNCTIONS * Integer.BYTES;

    /** The ports that it reads, as ranges of hexadecimal digits. */
    static final String READ = "0-2f7,300-3f7,400-ffff";

    private static final String[] CODE = {
        "b8ac000000", // mov eax, 172           iopl(3)
        "bf03000000", // mov edi, 3
        "0f05", //       syscall
        "85c0", //       test eax, eax
        "7576", //       jnz fail
        "bb00104000", // mov ebx, 0x401000      the output: ports, and functions 0x10000 on
        "31f6", //       xor esi, esi
        // function:
        "89f1", //       mov ecx, esi
        "c1e108", //     shl ecx, 8
        "0fbae91f", //   bts ecx, 31
        "89c8", //       mov eax, ecx
        "baf80c0000", // mov edx, 0xcf8
        "ef", //         out dx, eax
        "b2fc", //       mov dl, 0xfc
        "ed", //         in eax, dx
        "8984b300000100", // mov [rbx + 4 * rsi + 0x10000], eax
        "b2f8", //       mov dl, 0xf8
        "ed", //         in eax, dx             the kernel may have selected another meanwhile
        "39c8", //       cmp eax, ecx
        "75de", //       jne function
        "ffc6", //       inc esi
        "0fbae610", //   bt esi, 16
        "73d6", //       jnc function
        "31c0", //       xor eax, eax
        "ef", //         out dx, eax            nothing is selected any more
        "31d2", //       xor edx, edx
        // port:
        "89d1", //       mov ecx, edx
        "81e1f8fe0000", // and ecx, 0xfef8
        "81f9f8020000", // cmp ecx, 0x2f8       0x2f8 to 0x2ff, 0x3f8 to 0x3ff
        "b0ff", //       mov al, 0xff
        "7401", //       je keep
        "ec", //         in al, dx
        // keep:
        "880413", //     mov [rbx + rdx], al
        "ffc2", //       inc edx
        "0fbae210", //   bt edx, 16
        "73e2", //       jnc port
        "89de", //       mov esi, ebx
        "bd00000500", // mov ebp, 0x50000
        // write:
        "b801000000", // mov eax, 1             write(1, rsi, ebp)
        "89c7", //       mov edi, eax
        "89ea", //       mov edx, ebp
        "0f05", //       syscall
        "4885c0", //     test rax, rax
        "7e0b", //       jle fail
        "4801c6", //     add rsi, rax
        "29c5", //       sub ebp, eax
        "75e9", //       jnz write
        "31ff", //       xor edi, edi
        "eb05", //       jmp exit
        // fail:
        "bf01000000", // mov edi, 1
        // exit:
        "b83c000000", // mov eax, 60            exit(edi)
        "0f05", //       syscall
    };

    private static final long ADDRESS = 0x40_0000;
    private static final int PAGE = 0x1000;
    private static final int FILE_HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final short EXECUTABLE = 2;
    private static final short X86_64 = 62;
    private static final int READ_WRITE_EXECUTE = 7;

    private BusProgram() {}

    /**
     * The program as an ELF file (System V Application Binary Interface, chapters 4 and 5) of one segment:
     * the headers, the code, and behind it room for the output.
     */
    static GuestFile file() {
        byte[] code = HexFormat.of().parseHex(String.join("", CODE));
        int headers = FILE_HEADER + PROGRAM_HEADER;
        int length = headers + code.length;
        ByteBuffer file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort(EXECUTABLE).putShort(X86_64).putInt(1);
        file.putLong(ADDRESS + headers).putLong(FILE_HEADER).putLong(0).putInt(0);
        file.putShort((short) FILE_HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 1);
        file.position(FILE_HEADER);
        file.putInt(1).putInt(READ_WRITE_EXECUTE).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
        file.putLong(length).putLong(PAGE + OUTPUT).putLong(PAGE);
        return GuestFile.program(file.put(code).array());
    }
}
