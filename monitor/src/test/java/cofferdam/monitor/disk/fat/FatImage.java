package cofferdam.monitor.disk.fat;

import cofferdam.monitor.Tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A FAT image that dosfstools made and mtools filled: files whole, in pieces, and deleted. */
record FatImage(Path folder, Path image) {

    /** What every block of 512 bytes of a planted file begins with, before the file's name. */
    static final String CANARY = "CANARY-";

    static FatImage made(Path folder, int kibibytes, String... options)
            throws IOException, InterruptedException {
        Path image = folder.resolve("fat.raw");
        Files.deleteIfExists(image);
        List<String> arguments = new ArrayList<>(Arrays.asList(options));
        arguments.addAll(List.of(
                "-n", "MY LABEL X", "-i", "12345678", "-C", image.toString(), "" + kibibytes));
        Tool.named("mkfs.vfat").run(arguments.toArray(String[]::new));
        return new FatImage(folder, image);
    }

    static FatImage filled(Path folder, int kibibytes, String... options)
            throws IOException, InterruptedException {
        FatImage made = made(folder, kibibytes, options);
        made.directories("/Dir", "/Dir/Deeper", "/A directory with a long name", "/gone");
        made.file("/short.txt", 3000);
        made.file("/hole.bin", 20_000);
        made.file("/after the hole.bin", 700);
        made.tool("mdel", "::/hole.bin");
        made.file("/in pieces and with a name of many parts.bin", 90_001);
        made.file("/Dir/inner.bin", 512);
        made.file("/Dir/Deeper/DEEP.TXT", 66_000);
        made.file("/A directory with a long name/MiXeD.Case", 4097);
        made.manyFiles("/Dir", 10);
        made.file("/empty.txt", 0);
        made.file("/LOST.TXT", 9000);
        made.file("/deleted with a long name.text", 5000);
        made.file("/gone/child.txt", 2000);
        made.file("/gone/CHILD2.TXT", 2000);
        made.file("/last.txt", 10);
        made.tool("mdel", "::/LOST.TXT", "::/deleted with a long name.text");
        made.tool("mdeltree", "::/gone");
        return made;
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(image);
    }

    void directories(String... paths) throws IOException, InterruptedException {
        tool("mmd", Arrays.stream(paths).map(path -> "::" + path).toArray(String[]::new));
    }

    void file(String path, int size) throws IOException, InterruptedException {
        Path content = Files.write(folder.resolve("content"), content(path, size));
        tool("mcopy", content.toString(), "::" + path);
    }

    /** Files of small sizes that need more than one cluster for their directory. */
    void manyFiles(String directory, int count) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "many files " + i + ".txt";
            Path content = Files.write(folder.resolve(name), content("/" + name, 100 + i));
            arguments.add(content.toString());
        }
        arguments.add("::" + directory);
        tool("mcopy", arguments.toArray(String[]::new));
    }

    void tool(String name, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-i", image.toString()));
        all.addAll(Arrays.asList(arguments));
        Tool.named(name).run(all.toArray(String[]::new));
    }

    static byte[] content(String path, int size) {
        StringBuilder text = new StringBuilder();
        for (int block = 0; text.length() < size; block++) {
            String line = CANARY + path + " block " + block + "\n";
            text.append(line).append("x".repeat(512 - line.length()));
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), size);
    }
}
