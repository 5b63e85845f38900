package cofferdam.monitor.qemu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * By what QEMU runs a guest's code. KVM counts only if a guest was seen to run under it: on some
 * computers, mostly virtual ones, its device can be opened and guests still never get anywhere.
 *
 * @param kind what to use
 * @param reason why, for people, without a full stop
 */
public record Accelerator(Kind kind, String reason) {

    /** What QEMU has. */
    public enum Kind {
        /** The processor runs the guest's code itself. */
        KVM("kvm"),
        /** QEMU translates the guest's code: slower, and no boundary in its makers' own words. */
        TCG("tcg");

        private final String option;

        Kind(String option) {
            this.option = option;
        }

        /** What comes after {@code -accel}. */
        public String option() {
            return option;
        }
    }

    private static final int LIMIT_SECONDS = 3;
    private static final int GRACE_SECONDS = 2;
    private static final int KILLED = 128 + 9;
    private static final int OUTPUT_LIMIT = 4096;
    private static final int REASON_LIMIT = 200;
    private static final Map<Path, Accelerator> FOUND = new ConcurrentHashMap<>();

    /**
     * KVM if a guest runs under it with this QEMU, else software emulation. Starts a guest of 512
     * bytes the first time, which takes some 0.2 seconds where KVM works and three where it does not
     * answer.
     *
     * @param qemu the program, {@code qemu-system-x86_64}
     */
    public static Accelerator of(Path qemu) {
        return FOUND.computeIfAbsent(qemu, Accelerator::probe);
    }

    static Accelerator probe(Path qemu) {
        return runs(qemu, Kind.KVM);
    }

    /** Runs the smallest guest under that accelerator; what comes of it decides. */
    static Accelerator runs(Path qemu, Kind kind) {
        try {
            Path sector = Files.createTempFile("cofferdam-boot-", ".img");
            Path output = Files.createTempFile("cofferdam-boot-", ".txt");
            try {
                Files.write(sector, BootSector.bytes());
                return judged(kind, exitCode(command(qemu, kind, sector), output), output);
            } finally {
                Files.delete(sector);
                Files.delete(output);
            }
        } catch (IOException e) {
            return not(kind, String.valueOf(e.getMessage()));
        }
    }

    private static Accelerator judged(Kind kind, int exitCode, Path output) throws IOException {
        if (exitCode == BootSector.EXIT_CODE) {
            return new Accelerator(kind, "a guest ran under " + name(kind));
        }
        if (exitCode == KILLED) {
            return not(kind, "a guest did nothing for %d s".formatted(LIMIT_SECONDS));
        }
        return not(kind, "QEMU ended with %d: %s".formatted(exitCode, firstLine(output)));
    }

    private static Accelerator not(Kind kind, String reason) {
        return new Accelerator(Kind.TCG, "%s does not work here: %s".formatted(name(kind), reason));
    }

    private static String name(Kind kind) {
        return kind.name();
    }

    /** The limit is kept by a process of its own, so that it holds if this program is killed. */
    private static List<String> command(Path qemu, Kind kind, Path sector) {
        return List.of(
                "timeout",
                "--signal=KILL",
                Integer.toString(LIMIT_SECONDS),
                qemu.toString(),
                "-accel",
                kind.option(),
                "-m",
                "16",
                "-nodefaults",
                "-no-user-config",
                "-no-reboot",
                "-display",
                "none",
                "-device",
                "isa-debug-exit,iobase=%#x,iosize=4".formatted(BootSector.EXIT_PORT),
                "-drive",
                "if=floppy,format=raw,readonly=on,file=" + escaped(sector));
    }

    /** A comma ends a value on QEMU's command line unless it is doubled. */
    private static String escaped(Path file) {
        return file.toString().replace(",", ",,");
    }

    private static int exitCode(List<String> command, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.getOutputStream().close();
            process.onExit()
                    .completeOnTimeout(process, LIMIT_SECONDS + GRACE_SECONDS, TimeUnit.SECONDS)
                    .join();
            return process.isAlive() ? KILLED : process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String firstLine(Path output) throws IOException {
        try (InputStream in = Files.newInputStream(output)) {
            String text = new String(in.readNBytes(OUTPUT_LIMIT), StandardCharsets.UTF_8).strip();
            String line = text.lines().findFirst().orElse("it said nothing");
            return line.substring(0, Math.min(line.length(), REASON_LIMIT));
        }
    }
}
