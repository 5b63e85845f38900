package cofferdam.monitor.initramfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What looks like a kernel with the modules that every guest needs. */
final class KernelSample {

    static final List<String> MODULES = List.of("virtio_pci", "virtio_net", "virtio_blk", "bridge");

    private KernelSample() {}

    /** A file with the header of a kernel of that version. */
    static byte[] image(String version) {
        byte[] text = (version + " (somebody) #1\0").getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(0x400 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0x202, "HdrS".getBytes(StandardCharsets.UTF_8));
        return file.putShort(0x20e, (short) 0x200).put(0x400, text).array();
    }

    /** Writes a kernel and its modules below that folder, as in a package. */
    static Path write(Path root, String version) throws IOException {
        Path image = root.resolve("boot").resolve("vmlinuz-" + version);
        Files.createDirectories(image.getParent());
        Files.write(image, image(version));
        writeModules(root.resolve("lib/modules").resolve(version));
        return image;
    }

    static void writeModules(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("kernel"));
        for (String module : MODULES) {
            Path file = folder.resolve("kernel").resolve(module + ".ko");
            Files.write(file, ElfSample.module("depends="));
        }
    }
}
