package cofferdam.monitor.guest.system;

import cofferdam.monitor.evidence.Sha256;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What an installed system consists of: a kernel, and essential files with their checksums. It fills
 * most of its disk, as a system on a disk of its own size does, so that hardly any change of the
 * image misses it.
 */
final class SystemFiles {

    static final String KERNEL = "/boot/vmlinuz";

    /** Lines of a SHA-256 in hexadecimal digits, two spaces, and a path, as sha256sum writes them. */
    static final String CHECKSUMS = "/etc/essential.sha256";

    /** Shares of the disk, in percent. */
    private static final int KERNEL_SHARE = 20;

    private static final Map<String, Integer> ESSENTIAL_SHARES = new LinkedHashMap<>();

    static {
        ESSENTIAL_SHARES.put("/sbin/init", 6);
        ESSENTIAL_SHARES.put("/lib/libc.so.6", 24);
        ESSENTIAL_SHARES.put("/usr/sbin/maild", 14);
    }

    private static final Set<String> SETTINGS = Set.of("/etc/hostname", "/etc/passwd");

    private SystemFiles() {}

    /** Whether it is one of the system's own files. */
    static boolean contains(String path) {
        return path.equals(KERNEL)
                || path.equals(CHECKSUMS)
                || ESSENTIAL_SHARES.containsKey(path)
                || SETTINGS.contains(path);
    }

    /** The files by path, for a disk of that many bytes. */
    static Map<String, byte[]> of(long diskBytes, String machine, RandomGenerator random) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(KERNEL, KernelImage.of(share(diskBytes, KERNEL_SHARE), random));
        ESSENTIAL_SHARES.forEach((path, share) -> {
            byte[] program = new byte[share(diskBytes, share)];
            random.nextBytes(program);
            files.put(path, program);
        });
        files.put("/etc/hostname", (machine + "\n").getBytes(StandardCharsets.UTF_8));
        files.put(
                "/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        files.put(CHECKSUMS, checksums(files));
        return files;
    }

    private static int share(long diskBytes, int percent) {
        return Math.toIntExact(diskBytes / 100 * percent);
    }

    private static byte[] checksums(Map<String, byte[]> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach(
                (path, content) -> lines.append("%s  %s\n".formatted(Sha256.of(content), path)));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
