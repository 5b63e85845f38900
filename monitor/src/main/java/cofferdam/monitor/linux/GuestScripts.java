package cofferdam.monitor.linux;

import cofferdam.monitor.initramfs.GuestFile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes a stock kernel with BusyBox a guest of the testbed: shell scripts for its initial file
 * system, which are told by the kernel's command line who they are, see {@link GuestPlan#parameters}.
 */
public final class GuestScripts {

    /**
     * The kernel modules that the scripts need, besides those of the guest's devices. The kernel of
     * User-mode Linux needs {@code crc-ccitt} and {@code ipv6} before them.
     */
    public static final List<String> MODULES = List.of("bridge", "veth", "lz4", "zram");

    static final String FOLDER = "/lib/cofferdam/";
    private static final List<String> PROGRAMS = List.of(
            "answer",
            "console",
            "gauge",
            "heartbeat",
            "keep",
            "login",
            "mail",
            "memory",
            "neighbours",
            "probe",
            "recall",
            "stressor",
            "swap");
    private static final List<String> PARTS = List.of("line", "network");

    /** What a guest does with its disk. */
    static final String DISK = "disk";

    private GuestScripts() {}

    /** The scripts and programs, by the path that each has in the guest; {@code /init} is one. */
    public static Map<String, GuestFile> files() {
        Map<String, GuestFile> files = new TreeMap<>();
        files.put("/init", GuestFile.script(text("init")));
        files.put(FOLDER + DISK, GuestFile.script(text(DISK)));
        PROGRAMS.forEach(name -> files.put(FOLDER + name, GuestFile.script(text(name))));
        PARTS.forEach(name -> files.put(FOLDER + name, GuestFile.text(text(name))));
        files.put(BusProgram.PATH, BusProgram.file());
        return files;
    }

    /** The command that has the guest beat from now on, see {@link NoticeEvents}. */
    static String heartbeat() {
        return service("heartbeat");
    }

    /** The command that has the guest watch its ARP cache from now on, see {@link NoticeEvents}. */
    static String neighbours() {
        return service("neighbours");
    }

    /** The command that has the guest tell how its memory is used, see {@link MemoryGauge}. */
    static String gauge() {
        return service("gauge");
    }

    /** The command that gives the guest's kernel a swap device of that many bytes. */
    static String swap(long bytes) {
        return "%s %d".formatted(path("swap"), bytes);
    }

    private static String service(String program) {
        return "setsid %s < /dev/null > /dev/null 2>&1 &".formatted(path(program));
    }

    /** The path of a script. */
    static String path(String program) {
        return FOLDER + program;
    }

    private static String text(String name) {
        try (InputStream in = GuestScripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("script '%s' is missing".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("script '%s'".formatted(name), unreadable);
        }
    }
}
