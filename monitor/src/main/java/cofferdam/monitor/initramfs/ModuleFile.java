package cofferdam.monitor.initramfs;

import com.github.luben.zstd.ZstdInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Files of modules: read, decompressed, and asked what they need. */
final class ModuleFile {

    /** The largest module, in bytes without compression. */
    static final int LIMIT = 32 << 20;

    /** The largest section about a module, in bytes: one with many aliases has some 20 KiB. */
    private static final int INFORMATION_LIMIT = 1 << 20;

    private static final String INFORMATION = ".modinfo";
    private static final String NEEDS = "depends=";
    private static final List<String> ENDINGS = List.of(".ko", ".ko.gz", ".ko.xz", ".ko.zst");

    private ModuleFile() {}

    /** Whether a file of that name is a module. */
    static boolean isOne(String fileName) {
        return ENDINGS.stream().anyMatch(fileName::endsWith);
    }

    /** The name of the module in a file of that name, as the kernel spells it. */
    static String moduleName(String fileName) {
        return kernelName(fileName.substring(0, fileName.lastIndexOf(".ko")));
    }

    /** People and files write {@code virtio-rng} where the kernel has {@code virtio_rng}. */
    static String kernelName(String name) {
        return name.replace('-', '_');
    }

    /**
     * A module's bytes.
     *
     * @throws UnusablePartException if it cannot be read, is too large, or is compressed with xz
     */
    static byte[] read(Path file) throws UnusablePartException {
        String name = file.getFileName().toString();
        if (name.endsWith(".xz")) {
            throw new UnusablePartException(
                    "the module %s is compressed with xz, which is not read here; decompress the modules with: unxz"
                            .formatted(file));
        }
        try (InputStream in = opened(file, name)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new UnusablePartException(
                        "the module %s has more than %d bytes".formatted(file, LIMIT));
            }
            return bytes;
        } catch (IOException e) {
            throw new UnusablePartException(
                    "the module %s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static InputStream opened(Path file, String name) throws IOException {
        InputStream in = Files.newInputStream(file);
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(in);
        }
        return name.endsWith(".zst") ? new ZstdInputStream(in) : in;
    }

    /**
     * The module in that file, with what it says that it needs: the entry {@code depends} of its
     * section {@code .modinfo}, which modpost writes.
     *
     * @throws UnusablePartException if it cannot be read or is no module
     */
    static KernelModule module(Path file) throws UnusablePartException {
        byte[] bytes = read(file);
        try {
            return new KernelModule(moduleName(file.getFileName().toString()), file, needs(bytes));
        } catch (UnusablePartException e) {
            throw new UnusablePartException(
                    "the module %s cannot be used: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static List<String> needs(byte[] bytes) throws UnusablePartException {
        ByteBuffer information = ElfFile.of(bytes)
                .section(INFORMATION)
                .orElseThrow(() -> new UnusablePartException("it has no section " + INFORMATION));
        if (information.limit() > INFORMATION_LIMIT) {
            throw new UnusablePartException("its section %s has %d bytes, more than %d"
                    .formatted(INFORMATION, information.limit(), INFORMATION_LIMIT));
        }
        String text = StandardCharsets.ISO_8859_1.decode(information).toString();
        for (String entry : text.split("\0", -1)) {
            if (entry.startsWith(NEEDS)) {
                return names(entry.substring(NEEDS.length()));
            }
        }
        throw new UnusablePartException("it does not say what it depends on");
    }

    private static List<String> names(String list) {
        return List.of(list.split(",", -1)).stream()
                .filter(name -> !name.isEmpty())
                .map(ModuleFile::kernelName)
                .toList();
    }
}
