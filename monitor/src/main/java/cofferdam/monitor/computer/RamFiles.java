package cofferdam.monitor.computer;

import cofferdam.monitor.guest.kernel.RootFiles;

import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The root file system of a machine without a disk: the few files without which nothing works, the
 * same on every machine, as an initial RAM file system has them.
 */
final class RamFiles implements RootFiles {

    private static final long RELEASE = 0x72_65_6c_65_61_73_65_31L;

    private static final Map<String, Integer> SIZES =
            Map.of("/sbin/init", 96 << 10, "/lib/libc.so.6", 480 << 10);

    private final Map<String, byte[]> files = new TreeMap<>();

    RamFiles() {
        new TreeMap<>(SIZES).forEach((path, size) -> {
            byte[] content = new byte[size];
            new SplittableRandom(RELEASE ^ path.hashCode()).nextBytes(content);
            files.put(path, content);
        });
    }

    @Override
    public byte[] read(String path, long offset, int count) throws NoSuchFileException {
        return FilePart.of(file(path), offset, count);
    }

    @Override
    public void delete(String path) throws NoSuchFileException {
        file(path);
        files.remove(path);
    }

    private byte[] file(String path) throws NoSuchFileException {
        byte[] content = files.get(path);
        if (content == null) {
            throw new NoSuchFileException(path);
        }
        return content;
    }
}
