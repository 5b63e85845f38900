package cofferdam.scenarios.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Debian packages that look like a kernel's, built with Debian's own tool. */
final class KernelDeb {

    private static final int HEADER = 64;

    private final Path root;

    /** A package whose files are gathered in that folder. */
    KernelDeb(Path root) {
        this.root = root;
    }

    /** Adds a kernel of that version. */
    KernelDeb kernel(String version) throws IOException {
        ByteBuffer image = ByteBuffer.allocate(0x500).order(ByteOrder.LITTLE_ENDIAN);
        image.put(0x202, bytes("HdrS")).putShort(0x20e, (short) 0x200).put(0x400, bytes(version));
        write("boot/vmlinuz-" + version, image.array());
        return this;
    }

    /** Adds the modules that every guest needs. */
    KernelDeb modules(String version) throws IOException {
        for (String name : List.of("virtio_pci", "virtio_net", "virtio_blk", "bridge")) {
            write("lib/modules/%s/kernel/%s.ko".formatted(version, name), module());
        }
        return this;
    }

    /** Builds it. */
    Path build(Path file) throws IOException, InterruptedException {
        write("DEBIAN/control", bytes("""
                Package: sample
                Version: 1
                Architecture: all
                Maintainer: Nobody <nobody@example.org>
                Description: sample
                """));
        DebianTool.find("dpkg-deb")
                .run(List.of(
                        "--root-owner-group",
                        "-Znone",
                        "--build",
                        root.toString(),
                        file.toString()));
        return file;
    }

    /** The smallest ELF file whose section .modinfo says that it depends on nothing. */
    private static byte[] module() {
        byte[] content = bytes("depends=\0.modinfo\0");
        int table = HEADER + content.length;
        ByteBuffer file = ByteBuffer.allocate(table + 64).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).putShort(18, (short) 62);
        file.putLong(40, table).putShort(58, (short) 64).putShort(60, (short) 1);
        file.put(HEADER, content);
        file.putInt(table, 9).putInt(table + 4, 1);
        file.putLong(table + 24, HEADER).putLong(table + 32, content.length);
        return file.array();
    }

    private void write(String path, byte[] content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
