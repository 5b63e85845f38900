package cofferdam.monitor.disk.partition;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Tool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes disks with sfdisk, and asks it what a disk has. */
record Sfdisk(Path folder) {

    private static final Pattern LINE = Pattern.compile(
            "\\S*?(\\d+) : start=\\s*(\\d+), size=\\s*(\\d+), type=([^,]+)(?:.*name=\"([^\"]*)\")?.*");

    /** A disk with the table that the script asks for. */
    MemoryDisk disk(int mebibytes, String script) throws IOException, InterruptedException {
        return disk(mebibytes, script, "sfdisk", "--quiet", "--no-reread");
    }

    /** A disk with sectors of 4096 bytes, made by the commands of fdisk. */
    MemoryDisk diskOfLargeSectors(int mebibytes, String commands)
            throws IOException, InterruptedException {
        return disk(mebibytes, commands, "fdisk", "--sector-size", "4096");
    }

    private MemoryDisk disk(int mebibytes, String script, String tool, String... options)
            throws IOException, InterruptedException {
        Path image = folder.resolve("sfdisk.raw");
        Path input = Files.writeString(folder.resolve("script"), script);
        Files.deleteIfExists(image);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) mebibytes * MemoryDisk.MIB);
        }
        List<String> command = new ArrayList<>(List.of(options));
        command.addFirst(Tool.named(tool).program().toString());
        command.add(image.toString());
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
        return new MemoryDisk(Files.readAllBytes(image));
    }

    /** The partitions that it sees, those of an MBR's extended type left out. */
    List<Partition> partitions(MemoryDisk disk) throws IOException, InterruptedException {
        Path image = Files.write(folder.resolve("seen.raw"), disk.bytes());
        String dump = Tool.named("sfdisk").run("--dump", image.toString());
        return dump.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .filter(line -> !Arrays.asList("5", "f", "85").contains(line.group(4)))
                .map(Sfdisk::partition)
                .toList();
    }

    private static Partition partition(Matcher line) {
        String type = line.group(4).strip();
        return new Partition(
                Integer.parseInt(line.group(1)),
                Long.parseLong(line.group(2)) * 512,
                Long.parseLong(line.group(3)) * 512,
                type.length() > 2
                        ? type.toUpperCase(Locale.ROOT)
                        : "0x%02x".formatted(Integer.parseInt(type, 16)),
                line.group(5) == null ? "" : unescaped(line.group(5)));
    }

    /** Without a locale, it writes the bytes of UTF-8 as escapes. */
    private static String unescaped(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            if (name.startsWith("\\x", i)) {
                bytes.write(Integer.parseInt(name.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                bytes.writeBytes(name.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
