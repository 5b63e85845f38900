package cofferdam.scenarios.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a disk as clouds have them, with Debian's own tools: a GPT with an EFI system partition,
 * ext4, swap, NTFS and ext2, and a canary in each kind of place.
 */
final class CloudDisk {

    private static final long MEBIBYTE = 1L << 20;

    /** Type by {@code sfdisk}'s names, and size, of each partition. */
    private static final List<String> PARTITIONS =
            List.of("uefi 4", "linux 24", "swap 4", "linux 8", "linux 4");

    private final Path folder;
    private final Map<String, String> places = new LinkedHashMap<>();

    CloudDisk(Path folder) {
        this.folder = folder;
    }

    /** For each canary {@code partition, file system, region and path} of where it was put. */
    Map<String, String> places() {
        return places;
    }

    /** The canary of this name. */
    static String canary(String name) {
        return "CANARY-" + name + "-7f3a91";
    }

    Path make() throws Exception {
        Path disk = folder.resolve("disk.raw");
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(48 * MEBIBYTE);
        }
        StringBuilder table = new StringBuilder("label: gpt\n");
        for (String partition : PARTITIONS) {
            String[] words = partition.split(" ");
            table.append("size=%sM, type=%s\n".formatted(words[1], words[0]));
        }
        Path script = Files.writeString(folder.resolve("table"), table);
        DebianTool.find("sh")
                .run(List.of(
                        "-c",
                        "PATH=$PATH:/sbin:/usr/sbin; sfdisk -q \"$0\" <\"$1\"",
                        disk.toString(),
                        script.toString()));
        long offset = MEBIBYTE;
        List<Path> volumes = List.of(efi(), ext4(), swap(), ntfs(), ext2());
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            for (Path volume : volumes) {
                file.seek(offset);
                file.write(Files.readAllBytes(volume));
                offset += Files.size(volume);
            }
            file.seek(offset + 300_000);
            file.write(planted("gap", "0 - gap "));
        }
        return disk;
    }

    private Path efi() throws Exception {
        Path volume = empty("efi", 4);
        tool("mkfs.vfat", volume);
        Path file =
                Files.write(folder.resolve("grub"), planted("efi", "1 vfat allocated /GRUB.CFG"));
        DebianTool.find("mcopy")
                .run(List.of("-i", volume.toString(), file.toString(), "::/GRUB.CFG"));
        return volume;
    }

    private Path ext4() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/etc"));
        Files.write(tree.resolve("secret"), planted("live", "2 ext4 allocated /etc/secret"));
        Files.write(tree.resolve("gone"), planted("gone", "2 ext4 unallocated /etc/gone"));
        byte[] large = new byte[200_000];
        byte[] end = planted("large", "2 ext4 allocated /etc/large");
        System.arraycopy(end, 0, large, 150_000, end.length);
        Files.write(tree.resolve("large"), large);
        Path volume = empty("ext4", 24);
        DebianTool.find("sh")
                .run(List.of(
                        "-c",
                        "PATH=$PATH:/sbin:/usr/sbin; mkfs.ext4 -q -d \"$0\" \"$1\""
                                + " && debugfs -w -R 'rm /etc/gone' \"$1\"",
                        tree.getParent().toString(),
                        volume.toString()));
        return volume;
    }

    private Path swap() throws Exception {
        Path volume = empty("swap", 4);
        tool("mkswap", volume);
        try (RandomAccessFile file = new RandomAccessFile(volume.toFile(), "rw")) {
            file.seek(1_000_000);
            file.write(planted("swap", "3 swap swap "));
        }
        return volume;
    }

    private Path ntfs() throws Exception {
        Path volume = empty("ntfs", 8);
        DebianTool.find("sh")
                .run(List.of(
                        "-c",
                        "PATH=$PATH:/sbin:/usr/sbin; mkntfs -F -Q -q \"$0\"",
                        volume.toString()));
        byte[] large = new byte[50_000];
        byte[] text = planted("ntfs", "4 ntfs allocated /large.bin");
        System.arraycopy(text, 0, large, 40_000, text.length);
        Path file = Files.write(folder.resolve("large.bin"), large);
        Path resident = Files.write(
                folder.resolve("small"), planted("resident", "4 ntfs allocated /small.txt"));
        for (Path source : List.of(file, resident)) {
            String name = source.equals(file) ? "/large.bin" : "/small.txt";
            DebianTool.find("sh")
                    .run(List.of(
                            "-c",
                            "PATH=$PATH:/sbin:/usr/sbin; ntfscp -f -q \"$0\" \"$1\" \"$2\"",
                            volume.toString(),
                            source.toString(),
                            name));
        }
        return volume;
    }

    private Path ext2() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("old"));
        Files.write(tree.resolve("note"), planted("ext2", "5 ext2 allocated /note"));
        Path volume = empty("ext2", 4);
        DebianTool.find("sh")
                .run(List.of(
                        "-c",
                        "PATH=$PATH:/sbin:/usr/sbin; mkfs.ext2 -q -d \"$0\" \"$1\"",
                        tree.toString(),
                        volume.toString()));
        return volume;
    }

    private Path empty(String name, long mebibytes) throws IOException {
        Path volume = folder.resolve(name + ".img");
        try (RandomAccessFile file = new RandomAccessFile(volume.toFile(), "rw")) {
            file.setLength(mebibytes * MEBIBYTE);
        }
        return volume;
    }

    private static void tool(String name, Path volume) throws Exception {
        DebianTool.find("sh")
                .run(List.of(
                        "-c",
                        "PATH=$PATH:/sbin:/usr/sbin; " + name + " \"$0\" >&2",
                        volume.toString()));
    }

    private byte[] planted(String name, String place) {
        places.put(canary(name), place);
        return canary(name).getBytes(StandardCharsets.US_ASCII);
    }

    /** The options that look for every canary. */
    List<String> finds() {
        List<String> options = new ArrayList<>(List.of("--no-secrets"));
        for (String canary : places.keySet()) {
            options.addAll(List.of("--find", canary));
        }
        return options;
    }
}
