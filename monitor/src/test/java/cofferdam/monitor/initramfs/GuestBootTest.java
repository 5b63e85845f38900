package cofferdam.monitor.initramfs;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Requirement;
import cofferdam.monitor.Tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Images that are made here, started by real monitors. */
class GuestBootTest {

    private static final long LIMIT_SECONDS = 90;

    private static final String LOADED = "loaded: ";

    private static final String INIT = """
            #!/bin/sh
            mount -t proc proc /proc
            while read -r module; do
              insmod "$module" || echo "failed: $module"
            done < /etc/modules
            echo "loaded: $(cut -d ' ' -f 1 /proc/modules | sort | tr '\\n' ' ')"
            ip link add name relay type bridge && echo "bridge: $(cat /proc/net/dev | grep -c relay)"
            grep -w ext4 /proc/filesystems
            echo "file: $(cat /etc/greeting)"
            poweroff -f
            """;

    private static final Map<String, GuestFile> FILES = Map.of(
            "/init", GuestFile.script(INIT), "/etc/greeting", GuestFile.text("hello from here\n"));

    @TempDir
    Path folder;

    @Test
    void qemuStartsAnImageWithTheModulesOfAStockKernel() throws Exception {
        Tool qemu = Tool.named("qemu-system-x86_64");
        GuestKernel kernel = Requirement.of(GuestKernels.ofUser()::find);
        Path image = image(kernel, List.of("virtio_blk", "virtio_net", "virtio-pci", "bridge"));

        String console = run(List.of(
                qemu.program().toString(),
                "-accel",
                "tcg",
                "-m",
                "128",
                "-nodefaults",
                "-no-reboot",
                "-display",
                "none",
                "-serial",
                "stdio",
                "-kernel",
                kernel.image().toString(),
                "-initrd",
                image.toString(),
                "-append",
                "console=ttyS0 quiet panic=-1"));

        assertThat(loaded(console))
                .contains("failover", "llc", "net_failover", "stp", "virtio_net", "virtio_pci")
                .contains("bridge", "virtio_blk");
        assertThatItCameUp(console);
    }

    @Test
    void userModeLinuxStartsAnImageWithItsOwnModules() throws Exception {
        Tool.named("linux.uml");
        GuestKernel kernel = Requirement.of(GuestKernels.ofUser()::userMode);
        Path image = image(kernel, List.of("bridge", "veth"));

        String console = run(List.of(
                kernel.image().toString(),
                "mem=64M",
                "initrd=" + image,
                "con=null",
                "con0=null,fd:1",
                "quiet",
                "uml_dir=" + folder,
                "panic=-1"));

        assertThat(loaded(console)).contains("bridge", "ipv6", "llc", "stp", "veth");
        assertThatItCameUp(console);
    }

    /** What /proc/modules of the guest has. */
    private static List<String> loaded(String console) {
        return console.lines()
                .filter(line -> line.startsWith(LOADED))
                .flatMap(line -> Stream.of(line.substring(LOADED.length()).split(" ", -1)))
                .toList();
    }

    private static void assertThatItCameUp(String console) {
        assertThat(console)
                .doesNotContain("failed:", "not found")
                .contains("bridge: 1", "ext4", "file: hello from here");
    }

    private Path image(GuestKernel kernel, List<String> modules) throws Exception {
        Requirement.of(BusyBox::installed);
        return Files.write(
                folder.resolve("image.gz"), new GuestImages().of(kernel, modules, FILES));
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path console = folder.resolve("console");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(console.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TMPDIR", folder.toString());
        Process guest = builder.start();
        try {
            boolean ended = guest.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            String text = Files.readString(console, StandardCharsets.ISO_8859_1);
            assertThat(ended).as(text).isTrue();
            return text;
        } finally {
            guest.destroyForcibly();
        }
    }
}
