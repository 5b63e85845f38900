package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Region;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A volume in a plain file, made by mkntfs. */
record NtfsImage(Path path) {

    static final int MIB = 1 << 20;

    /** A new volume of that size in bytes. */
    static NtfsImage format(Path folder, long size, int clusterSize)
            throws IOException, InterruptedException {
        return format(folder, size, clusterSize, 512);
    }

    static NtfsImage format(Path folder, long size, int clusterSize, int sectorSize)
            throws IOException, InterruptedException {
        Path image = Files.createTempFile(folder, "volume", ".ntfs");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(size);
        }
        List<String> arguments = new ArrayList<>(List.of("-F", "-f", "-q", "-T"));
        arguments.addAll(List.of("-p", "0", "-H", "0", "-S", "0"));
        arguments.addAll(List.of("-s", Integer.toString(sectorSize)));
        arguments.addAll(List.of("-c", Integer.toString(clusterSize)));
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

        /** What opening and walking that volume tells. */
        static Walked of(byte[] volume) throws IOException {
            NtfsFileSystem fileSystem = NtfsFileSystem.open(ByteSource.of(volume));
            Walked walked = of(fileSystem);
            List<Problem> all = new ArrayList<>(fileSystem.problems());
            all.addAll(walked.problems);
            return new Walked(walked.extents, all);
        }

        /** The extents that hold that byte of the volume. */
        List<FileExtent> at(long offset) {
            return extents.stream()
                    .filter(extent ->
                            extent.offset() <= offset && offset < extent.offset() + extent.length())
                    .toList();
        }

        List<FileExtent> of(Region region, String path) {
            return extents.stream()
                    .filter(extent -> extent.region() == region && extent.path().equals(path))
                    .toList();
        }

        List<String> paths() {
            return extents.stream().map(FileExtent::path).distinct().toList();
        }

        List<ProblemKind> kinds() {
            return problems.stream().map(Problem::kind).distinct().toList();
        }
    }

    /** Bytes that compress badly, and that begin with a text to be found again. */
    static byte[] noise(String needle, int size) {
        byte[] bytes = new byte[size];
        new Random(needle.hashCode()).nextBytes(bytes);
        byte[] text = ascii(needle);
        System.arraycopy(text, 0, bytes, 0, Math.min(size, text.length));
        return bytes;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where that text is in the volume, from there on; -1 if nowhere. */
    static int find(byte[] in, String text, int from) {
        byte[] needle = ascii(text);
        for (int at = from; at <= in.length - needle.length; at++) {
            if (in[at] == needle[0]
                    && Arrays.equals(in, at, at + needle.length, needle, 0, needle.length)) {
                return at;
            }
        }
        return -1;
    }
}
