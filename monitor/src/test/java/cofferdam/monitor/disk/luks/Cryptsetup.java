package cofferdam.monitor.disk.luks;

import static java.nio.charset.StandardCharsets.UTF_8;

import cofferdam.monitor.Tool;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes volumes by cryptsetup in plain files, with random bytes for enciphered data. */
record Cryptsetup(Tool tool, Path folder) {

    static final byte[] PASSPHRASE = "correct horse".getBytes(UTF_8);

    /** A volume of 3 MiB; further options are cryptsetup's. */
    Path make(String type, String... options) throws Exception {
        Path image = folder.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            byte[] content = new byte[3 << 20];
            new Random(1).nextBytes(content);
            file.write(content);
        }
        List<String> arguments = new ArrayList<>(
                List.of("luksFormat", "--batch-mode", "--type", type, "--key-file", keyFile()));
        if (type.equals("luks2")) {
            arguments.addAll(List.of("--luks2-keyslots-size", "1M", "--offset", "4096"));
        }
        arguments.addAll(List.of(options));
        arguments.add(image.toString());
        tool.run(arguments.toArray(String[]::new));
        return image;
    }

    byte[] volumeKey(Path image) throws Exception {
        Path key = folder.resolve("volume-key");
        Files.deleteIfExists(key);
        tool.run(
                "luksDump",
                "--batch-mode",
                "--dump-volume-key",
                "--volume-key-file",
                key.toString(),
                "--key-file",
                keyFile(),
                image.toString());
        return Files.readAllBytes(key);
    }

    String keyFile() throws Exception {
        return Files.write(folder.resolve("key"), PASSPHRASE).toString();
    }
}
