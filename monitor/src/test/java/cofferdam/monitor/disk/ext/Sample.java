package cofferdam.monitor.disk.ext;

import cofferdam.monitor.Tool;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A file system that {@code mke2fs} made and filled: every file begins with a canary that names it.
 *
 * @param image where it is
 * @param files the regular files in it by their path
 */
record Sample(Path image, Map<String, byte[]> files) {

    static final String CANARY = "CANARY:";

    /** How to make one. */
    record Recipe(String type, String size, String... options) {

        boolean hasInlineData() {
            return List.of(options).contains("inline_data");
        }

        boolean isReadBySleuthkit() {
            return !hasInlineData() && !List.of(options).contains("bigalloc");
        }

        @Override
        public String toString() {
            return type + " " + size + " " + String.join(" ", options);
        }
    }

    static Stream<Recipe> recipes() {
        return Stream.of(
                new Recipe("ext2", "24M", "-b", "1024"),
                new Recipe("ext2", "24M", "-b", "1024", "-g", "512"),
                new Recipe("ext2", "24M", "-b", "2048"),
                new Recipe("ext2", "24M", "-b", "4096"),
                new Recipe("ext2", "24M", "-b", "1024", "-r", "0", "-I", "128", "-O", "none"),
                new Recipe("ext3", "24M", "-b", "1024"),
                new Recipe("ext3", "24M", "-b", "4096"),
                new Recipe("ext4", "24M"),
                new Recipe("ext4", "24M", "-b", "1024", "-O", "64bit,metadata_csum"),
                new Recipe("ext4", "24M", "-b", "4096", "-O", "^has_journal"),
                new Recipe("ext4", "24M", "-O", "^extents,^64bit"),
                new Recipe("ext4", "24M", "-O", "inline_data", "-b", "4096"),
                new Recipe("ext4", "24M", "-O", "^metadata_csum,uninit_bg"),
                new Recipe("ext4", "64M", "-O", "bigalloc", "-C", "16384"),
                new Recipe("ext4", "24M", "-b", "1024", "-O", "meta_bg,^resize_inode"),
                new Recipe("ext4", "24M", "-b", "1024", "-O", "sparse_super2"),
                new Recipe("ext4", "24M", "-b", "1024", "-O", "^flex_bg"));
    }

    static Sample make(Path folder, Recipe recipe) throws IOException, InterruptedException {
        Path content = folder.resolve("content");
        Map<String, byte[]> files = fill(content);
        Path image = folder.resolve("ext.img");
        List<String> arguments = new ArrayList<>(List.of("-q", "-F", "-t", recipe.type()));
        arguments.addAll(List.of(recipe.options()));
        arguments.addAll(List.of("-E", "hash_seed=5724c713-063f-40e5-ba6e-36b2b174cc9b"));
        arguments.addAll(List.of("-U", "5d2ee413-931e-4ff6-a5f6-2a11059f6a1a"));
        arguments.addAll(List.of("-d", content.toString(), image.toString(), recipe.size()));
        Tool.named("mke2fs").run(arguments.toArray(String[]::new));
        if (recipe.hasInlineData()) {
            // mke2fs 1.47.0 cuts the end off such a file when it can be stored inline.
            files.remove("/holes");
        }
        return new Sample(image, files);
    }

    private static Map<String, byte[]> fill(Path content) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        int[] sizes = {30, 100, 1500, 5_000, 70_000, 300_000, 1_500_000};
        String[] folders = {"", "/etc", "/home/user name/très long"};
        for (String folder : folders) {
            for (int size : sizes) {
                put(content, files, folder + "/file" + size, size);
            }
        }
        for (int number = 0; number < 60; number++) {
            put(content, files, "/many/" + "n".repeat(90) + number, 40);
        }
        byte[] sparse = new byte[900_000];
        Path holes = content.resolve("holes");
        byte[] canary = (CANARY + "/holes;").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel =
                FileChannel.open(holes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.position(800_000);
            Channels.newOutputStream(channel).write(canary);
            channel.position(sparse.length - 1);
            Channels.newOutputStream(channel).write(0);
        }
        System.arraycopy(canary, 0, sparse, 800_000, canary.length);
        files.put("/holes", sparse);
        Files.createSymbolicLink(content.resolve("short"), Path.of("etc/file30"));
        Files.createSymbolicLink(content.resolve("long"), Path.of("etc/" + "l".repeat(200)));
        Files.createDirectory(content.resolve("empty"));
        return files;
    }

    private static void put(Path content, Map<String, byte[]> files, String path, int size)
            throws IOException {
        byte[] bytes = new byte[size];
        new Random(path.hashCode()).nextBytes(bytes);
        byte[] canary = (CANARY + path + ";").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(canary, 0, bytes, 0, Math.min(size, canary.length));
        Path file = content.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        files.put(path, bytes);
    }

    /** Lets debugfs change it. */
    void change(String... commands) throws IOException, InterruptedException {
        Path script = image.resolveSibling("script");
        Files.write(script, List.of(commands));
        Tool.named("debugfs").run("-w", "-f", script.toString(), image.toString());
    }
}
