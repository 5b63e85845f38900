package cofferdam.monitor.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the host's kernel treats the memory of processes.
 *
 * @param merging whether it merges equal pages of processes that allow it (kernel same-page merging)
 * @param swapping whether it has somewhere to write pages to
 */
public record HostKernel(boolean merging, boolean swapping) {

    private static final Path MERGING = Path.of("/sys/kernel/mm/ksm/run");
    private static final Path SWAPS = Path.of("/proc/swaps");

    /** That of this computer. What cannot be known is taken for the worse. */
    public static HostKernel ofThisComputer() {
        return new HostKernel(
                !read(MERGING, "0", "1").strip().equals("0"),
                read(SWAPS, "a title", "a title\nan unknown file").lines().count() > 1);
    }

    private static String read(Path file, String absent, String unreadable) {
        if (!Files.exists(file)) {
            return absent;
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return unreadable;
        }
    }
}
