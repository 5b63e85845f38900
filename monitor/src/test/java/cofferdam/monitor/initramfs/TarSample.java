package cofferdam.monitor.initramfs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A tar archive, put together byte by byte, with whatever somebody hostile would put into it. */
final class TarSample {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A member of that type: 0 for a file, 2 for a symbolic link, 5 for a folder, L for a name. */
    TarSample member(char type, String name, byte[] content) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
        header[156] = (byte) type;
        put(header, 157, type == '2' ? "/etc" : "");
        put(header, 148, "        ");
        int sum = 0;
        for (byte value : header) {
            sum += Byte.toUnsignedInt(value);
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    TarSample file(String name, byte[] content) {
        return member('0', name, content);
    }

    /** A kernel of that version with the modules that every guest needs. */
    TarSample kernel(String version) {
        member('5', "./", new byte[0]);
        file("./boot/vmlinuz-" + version, KernelSample.image(version));
        member('5', "./lib/modules/", new byte[0]);
        for (String module : KernelSample.MODULES) {
            file(
                    "./lib/modules/%s/kernel/%s.ko".formatted(version, module),
                    ElfSample.module("depends="));
        }
        return this;
    }

    /** The archive with its end. */
    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(new byte[1024]);
        return whole.toByteArray();
    }

    InputStream stream() {
        return new ByteArrayInputStream(bytes());
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
