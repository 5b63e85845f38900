package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Volumes for the tests, made by mkntfs in plain files. */
record NtfsImage(Path path) {

    static final int MIB = 1 << 20;

    /** A new volume of that size in bytes. */
    static NtfsImage format(Path folder, long size, int clusterSize, String... more)
            throws IOException, InterruptedException {
        Path image = Files.createTempFile(folder, "volume", ".ntfs");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(size);
        }
        List<String> arguments = new ArrayList<>(
                List.of("-F", "-f", "-q", "-T", "-s", "512", "-p", "0", "-H", "0", "-S", "0"));
        arguments.addAll(List.of("-c", Integer.toString(clusterSize)));
        arguments.addAll(List.of(more));
        arguments.add(image.toString());
        Tool.named("mkntfs").run(arguments.toArray(String[]::new));
        return new NtfsImage(image);
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(path);
    }

    NtfsFileSystem open() throws IOException {
        return NtfsFileSystem.open(ByteSource.of(bytes()));
    }

    /** What a walk tells. */
    record Walked(List<FileExtent> extents, List<Problem> problems) {

        static Walked of(NtfsFileSystem fileSystem) throws IOException {
            List<FileExtent> extents = new ArrayList<>();
            List<Problem> problems = fileSystem.walk(extents::add);
            return new Walked(extents, problems);
        }

        /** The extents that hold that byte of the volume. */
        List<FileExtent> at(long offset) {
            return extents.stream()
                    .filter(extent -> extent.offset() <= offset
                            && offset < extent.offset() + extent.length())
                    .toList();
        }
    }

    /** Bytes that compress badly, and that are found again. */
    static byte[] noise(String needle, int size) {
        byte[] bytes = new byte[size];
        new Random(needle.hashCode()).nextBytes(bytes);
        byte[] text = needle.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, 0, Math.min(size, text.length));
        return bytes;
    }

    /** Where these bytes are first in others, from there on; -1 if nowhere. */
    static int find(byte[] in, byte[] needle, int from) {
        outer:
        for (int at = from; at <= in.length - needle.length; at++) {
            for (int i = 0; i < needle.length; i++) {
                if (in[at + i] != needle[i]) {
                    continue outer;
                }
            }
            return at;
        }
        return -1;
    }
}
