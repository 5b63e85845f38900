package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Opener;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** QEMU's own tools, which these tests hold the code against. */
final class Qemu {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int MOST_MILLISECONDS = 2000;

    private Qemu() {}

    static void img(String... arguments) throws Exception {
        Tool.named("qemu-img").run(arguments);
    }

    /** A new qcow2 file. */
    static Path create(Path file, String options, long size) throws Exception {
        img("create", "-q", "-f", "qcow2", "-o", options, file.toString(), Long.toString(size));
        return file;
    }

    /**
     * A new enciphered qcow2 file of 1 MiB. QEMU gives up when it cannot measure how fast it derives
     * keys, which happens on a busy machine; it is given more and more time.
     */
    static void enciphered(Path file) throws Exception {
        for (int milliseconds = 100; ; milliseconds += 200) {
            try {
                img(
                        "create",
                        "-q",
                        "-f",
                        "qcow2",
                        "--object",
                        "secret,id=s,data=harbour",
                        "-o",
                        "encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time="
                                + milliseconds,
                        file.toString(),
                        "1M");
                return;
            } catch (AssertionError refused) {
                if (milliseconds > MOST_MILLISECONDS) {
                    throw refused;
                }
            }
        }
    }

    /** Runs commands of qemu-io on a qcow2 file. */
    static void io(Path file, String... commands) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-f", "qcow2"));
        for (String command : commands) {
            arguments.addAll(List.of("-c", command));
        }
        arguments.add(file.toString());
        Tool.named("qemu-io").run(arguments.toArray(String[]::new));
    }

    /** What a guest reads, as QEMU converts it. */
    static byte[] raw(Path file, String... options) throws Exception {
        Path raw = Files.createTempFile(file.getParent(), "raw", ".img");
        List<String> arguments = new ArrayList<>(List.of("convert", "-f", "qcow2", "-O", "raw"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(file.toString(), raw.toString()));
        img(arguments.toArray(String[]::new));
        return Files.readAllBytes(raw);
    }

    static JsonNode map(Path file) throws Exception {
        return JSON.readTree(
                Tool.named("qemu-img").run("map", "-f", "qcow2", "--output=json", file.toString()));
    }

    /** What {@code qemu-img check} finds, whatever its exit code. */
    static JsonNode check(Path file) throws Exception {
        Path output = Files.createTempFile(file.getParent(), "check", ".json");
        Process process = new ProcessBuilder(
                        Tool.named("qemu-img").program().toString(),
                        "check",
                        "-f",
                        "qcow2",
                        "--output=json",
                        file.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("qemu-img check does not end");
        }
        return JSON.readTree(Files.readAllBytes(output));
    }

    static boolean isClean(Path file) throws Exception {
        JsonNode check = check(file);
        return check.path("corruptions").asInt(0) == 0
                && check.path("leaks").asInt(0) == 0
                && check.path("check-errors").asInt(-1) == 0;
    }

    static Qcow2Image open(Path file) throws IOException {
        return Qcow2Image.open(ByteSource.of(Files.readAllBytes(file)), Opener.NOTHING);
    }

    static byte[] bytes(ByteSource source) throws IOException {
        return source.read(0, Math.toIntExact(source.size()));
    }
}
