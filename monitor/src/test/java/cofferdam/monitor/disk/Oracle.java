package cofferdam.monitor.disk;

import cofferdam.monitor.Tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Images made and read by QEMU in a folder of the test. */
public record Oracle(Tool qemuImg, Path folder) {

    /** The oracle for a folder; skips the test where QEMU is not there. */
    public static Oracle in(Path folder) {
        return new Oracle(Tool.named("qemu-img"), folder);
    }

    /**
     * A disk with runs of random bytes, runs of text and much of nothing, the last sector used.
     *
     * @param size in bytes
     */
    public static byte[] disk(int size) {
        byte[] disk = new byte[size];
        Random random = new Random(size);
        for (int i = 0; i < 12; i++) {
            byte[] run = new byte[1 + random.nextInt(150_000)];
            if (random.nextBoolean()) {
                random.nextBytes(run);
            } else {
                Arrays.fill(run, (byte) ('a' + i));
            }
            int at = random.nextInt(size);
            System.arraycopy(run, 0, disk, at, Math.min(run.length, size - at));
        }
        disk[size - 1] = 'z';
        return disk;
    }

    /** Has QEMU convert a raw disk to another format, and gives the path of the new image. */
    public Path convert(byte[] disk, String format, String options)
            throws IOException, InterruptedException {
        Path raw = folder.resolve("disk.raw");
        Files.write(raw, disk);
        Path image = folder.resolve("disk." + format);
        qemuImg.run(
                "convert",
                "-f",
                "raw",
                "-O",
                format,
                "-o",
                options,
                raw.toString(),
                image.toString());
        return image;
    }

    /** What QEMU reads in an image. */
    public byte[] content(Path image, String format) throws IOException, InterruptedException {
        Path raw = folder.resolve("read.raw");
        qemuImg.run("convert", "-f", format, "-O", "raw", image.toString(), raw.toString());
        return Files.readAllBytes(raw);
    }

    /** Writes an image beside the others. */
    public Path write(String name, MemoryFile file) throws IOException {
        return Files.write(folder.resolve(name), file.toByteArray());
    }

    /** Opens plain names in the folder, and notes what it is asked for. */
    public Opener opener(List<Reference> asked) {
        return reference -> {
            asked.add(reference);
            if (reference.leavesFolder()) {
                return Optional.empty();
            }
            Path file = folder.resolve(reference.name());
            return Files.exists(file)
                    ? Optional.of(ByteSource.of(Files.readAllBytes(file)))
                    : Optional.empty();
        };
    }

    /** Opens plain names in the folder. */
    public Opener opener() {
        return opener(new ArrayList<>());
    }
}
