package cofferdam.monitor.disk.qcow2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.View;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Valid images that QEMU made. */
class Qcow2ImageTest {

    private static final int SIZE = 6 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster_size=512",
                "cluster_size=4096,compat=0.10",
                "cluster_size=65536",
                "cluster_size=65536,refcount_bits=1",
                "cluster_size=4096,refcount_bits=64",
                "cluster_size=2M",
                "cluster_size=16384,extended_l2=on",
                "cluster_size=2M,extended_l2=on",
                "cluster_size=65536,preallocation=metadata",
                "cluster_size=65536,lazy_refcounts=on"
            })
    void whatAGuestWroteIsReadAsQemuReadsIt(String options) throws Exception {
        Path file = Qemu.create(folder.resolve("a.qcow2"), options, SIZE);
        Qemu.io(
                file,
                "write -P 1 0 1000",
                "write -P 2 300k 700k",
                "write -P 3 3M 512",
                "write -z 310k 200k",
                "write -P 4 4194305 70001",
                "discard 400k 100k",
                "write -P 5 6290432 1024");
        Qcow2Image image = Qemu.open(file);
        assertThat(image.virtualSize()).isEqualTo(SIZE);
        assertThat(image.problems()).isEmpty();
        assertThat(Qemu.bytes(image.views().getFirst().content())).isEqualTo(Qemu.raw(file));
        List<Extent> extents = new ArrayList<>();
        assertThat(image.walk(extents::add)).isEmpty();
        assertThat(rebuilt(image, 0, extents)).isEqualTo(Qemu.raw(file));
        assertEveryByteOfTheFileIsToldOnce(file, extents);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster_size=512",
                "cluster_size=65536",
                "cluster_size=2M",
                "compression_type=zstd,cluster_size=4096",
                "compression_type=zstd,cluster_size=2M",
                "compression_type=zstd,extended_l2=on"
            })
    void compressedClustersAreReadAndDecoded(String options) throws Exception {
        Path raw = Files.write(folder.resolve("raw"), text(SIZE));
        Path file = folder.resolve("c.qcow2");
        Qemu.img(
                "convert",
                "-c",
                "-O",
                "qcow2",
                "-o",
                options,
                "-f",
                "raw",
                raw.toString(),
                file.toString());
        Qcow2Image image = Qemu.open(file);
        assertThat(Qemu.bytes(image.views().getFirst().content())).isEqualTo(text(SIZE));
        List<Extent> extents = new ArrayList<>();
        assertThat(image.walk(extents::add)).isEmpty();
        assertThat(extents).anyMatch(extent -> extent.kind() == Extent.Kind.COMPRESSED);
        assertThat(rebuilt(image, 0, extents)).isEqualTo(text(SIZE));
    }

    @Test
    void allCanariesInACompressedImageAreFoundThroughTheWalk() throws Exception {
        byte[] disk = text(SIZE);
        byte[] canary = "COFFERDAM-CANARY".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 20; i++) {
            System.arraycopy(canary, 0, disk, i * 311_111 + 17, canary.length);
        }
        Path raw = Files.write(folder.resolve("raw"), disk);
        Path file = folder.resolve("c.qcow2");
        Qemu.img("convert", "-c", "-O", "qcow2", "-f", "raw", raw.toString(), file.toString());
        Qcow2Image image = Qemu.open(file);
        int found = 0;
        for (Extent extent : extents(image)) {
            if (extent.kind() == Extent.Kind.COMPRESSED) {
                String decoded = new String(image.decode(extent), StandardCharsets.ISO_8859_1);
                found += decoded.split("COFFERDAM-CANARY", -1).length - 1;
            }
        }
        assertThat(found).isEqualTo(20);
    }

    @Test
    void snapshotsAreViewsOfTheirOwn() throws Exception {
        Path file = Qemu.create(folder.resolve("a.qcow2"), "cluster_size=65536", SIZE);
        Qemu.io(file, "write -P 1 0 1M");
        Qemu.img("snapshot", "-c", "first", file.toString());
        Qemu.io(file, "write -P 2 512k 1M");
        Qemu.img("snapshot", "-c", "fir/st", file.toString());
        Qemu.io(file, "write -P 3 0 100k");
        Qcow2Image image = Qemu.open(file);
        assertThat(image.views().stream().map(View::layer))
                .containsExactly("active", "snapshot:first", "snapshot:fir\\x2fst");
        assertThat(Qemu.bytes(image.views().getFirst().content())).isEqualTo(Qemu.raw(file));
        assertThat(Qemu.bytes(image.views().get(1).content()))
                .isEqualTo(Qemu.raw(file, "-l", "first"));
        assertThat(Qemu.bytes(image.views().get(2).content()))
                .isEqualTo(Qemu.raw(file, "-l", "fir/st"));
        List<Extent> extents = new ArrayList<>();
        assertThat(image.walk(extents::add)).isEmpty();
        assertThat(rebuilt(image, 1, extents)).isEqualTo(Qemu.raw(file, "-l", "first"));
    }

    @Test
    void aSecretUnderAZeroFlagIsTold() throws Exception {
        Path file = Qemu.create(folder.resolve("a.qcow2"), "cluster_size=65536", SIZE);
        Qemu.io(file, "write -P 0x5a 1M 64k");
        Qemu.img("snapshot", "-c", "s", file.toString());
        Qemu.io(file, "write -z 1M 64k");
        Qemu.img("snapshot", "-d", "s", file.toString());
        byte[] bytes = Files.readAllBytes(file);
        Qcow2Image image = Qemu.open(file);
        assertThat(extents(image))
                .filteredOn(extent -> extent.kind() == Extent.Kind.ZERO_FLAGGED)
                .singleElement()
                .satisfies(extent -> {
                    assertThat(extent.guestOffset()).isEqualTo(1 << 20);
                    assertThat(extent.fileLength()).isEqualTo(65536);
                    assertThat(bytes[(int) extent.fileOffset()]).isEqualTo((byte) 0x5a);
                });
        assertThat(image.views().getFirst().content().read(1 << 20, 4)).containsOnly(0);
    }

    @Test
    void whatIsNotThereIsReadFromTheBackingDiskThatTheCallerOpens() throws Exception {
        Path base = Qemu.create(folder.resolve("base.qcow2"), "cluster_size=4096", SIZE / 2);
        Qemu.io(base, "write -P 7 0 2M");
        Path top = folder.resolve("top.qcow2");
        Qemu.img(
                "create",
                "-q",
                "-f",
                "qcow2",
                "-b",
                base.toString(),
                "-F",
                "qcow2",
                top.toString(),
                Integer.toString(SIZE));
        Qemu.io(top, "write -P 8 1M 100k", "write -z 1536k 64k");
        List<Reference> asked = new ArrayList<>();
        Opener opener = reference -> {
            asked.add(reference);
            return Optional.of(ByteSource.of(Files.readAllBytes(base)));
        };
        Qcow2Image image = Qcow2Image.open(ByteSource.of(Files.readAllBytes(top)), opener);
        Reference wanted = new Reference(Reference.Role.BACKING, base.toString(), "qcow2");
        assertThat(asked).containsExactly(wanted);
        assertThat(image.references()).containsExactly(wanted);
        assertThat(image.problems())
                .extracting(Problem::kind)
                .containsExactly(Qcow2Problem.BACKING_FILE);
        assertThat(image.files()).hasSize(2);
        Qcow2Image lower = Qcow2Image.open(image.backing().orElseThrow(), Opener.NOTHING);
        Qcow2Image chain = image.withBacking(lower.views().getFirst().content());
        assertThat(Qemu.bytes(chain.views().getFirst().content())).isEqualTo(Qemu.raw(top));
    }

    @Test
    void theWalkTellsTheDataThatQemuMaps() throws Exception {
        Path file = Qemu.create(folder.resolve("a.qcow2"), "cluster_size=4096", SIZE);
        Qemu.io(
                file,
                "write -P 1 0 12k",
                "write -P 2 1M 4k",
                "write -P 1 12k 8k",
                "write -z 4k 4k");
        List<String> told = extents(Qemu.open(file)).stream()
                .filter(extent -> extent.kind() != Extent.Kind.METADATA)
                .map(extent -> "%d+%d at %d zero %b"
                        .formatted(
                                extent.guestOffset(),
                                extent.guestLength(),
                                extent.fileOffset(),
                                extent.kind() == Extent.Kind.ZERO_FLAGGED))
                .toList();
        List<String> mapped = new ArrayList<>();
        Qemu.map(file).forEach(run -> {
            if (run.has("offset")) {
                mapped.add("%d+%d at %d zero %b"
                        .formatted(
                                run.get("start").asLong(),
                                run.get("length").asLong(),
                                run.get("offset").asLong(),
                                run.get("zero").asBoolean()));
            }
        });
        assertThat(told).isNotEmpty().isEqualTo(mapped);
    }

    @Test
    void bitmapsAreStructuresOfTheContainer() throws Exception {
        Path file = Qemu.create(folder.resolve("a.qcow2"), "cluster_size=4096", SIZE);
        Qemu.img("bitmap", "--add", "-g", "512", file.toString(), "first");
        Qemu.img("bitmap", "--add", "-g", "65536", file.toString(), "second");
        Qemu.io(file, "write -P 1 0 100k");
        Qcow2Image image = Qemu.open(file);
        List<Extent> extents = new ArrayList<>();
        assertThat(image.walk(extents::add)).isEmpty();
        assertThat(extents)
                .extracting(Extent::what)
                .contains("bitmap directory", "bitmap table", "bitmap data");
    }

    @Test
    void theHeaderOfAnEncipheredImageIsGiven() throws Exception {
        Path file = folder.resolve("l.qcow2");
        Qemu.enciphered(file);
        Qcow2Image image = Qemu.open(file);
        assertThat(image.encryption()).isEqualTo(ContainerEncryption.QCOW2_LUKS);
        ByteSource header = image.encryptionHeader().orElseThrow();
        assertThat(header.read(0, 6)).isEqualTo(new byte[] {'L', 'U', 'K', 'S', -70, -66});
        List<Extent> extents = new ArrayList<>();
        assertThat(image.walk(extents::add)).isEmpty();
        assertThat(extents).extracting(Extent::what).contains("LUKS header");
    }

    @Test
    void snapshotsOfOneNameAreToldApart() throws Exception {
        Path file = Qemu.create(folder.resolve("a.qcow2"), "cluster_size=65536", SIZE);
        for (String name : List.of("s1", "s2", "s3")) {
            Qemu.img("snapshot", "-c", name, file.toString());
        }
        String all = Files.readString(file, StandardCharsets.ISO_8859_1);
        String same = all.replace("2s2", "2s1").replace("3s3", "2s1");
        Files.writeString(file, same, StandardCharsets.ISO_8859_1);
        assertThat(Qemu.open(file).views().stream().map(View::layer))
                .containsExactly("active", "snapshot:s1", "snapshot:s1#2", "snapshot:s1#2#2");
    }

    private static List<Extent> extents(Qcow2Image image) throws Exception {
        List<Extent> extents = new ArrayList<>();
        image.walk(extents::add);
        return extents;
    }

    /** The disk as the extents of a view give it, zeros elsewhere; L2 tables shared are view 0's. */
    private static byte[] rebuilt(Qcow2Image image, int view, List<Extent> extents)
            throws Exception {
        byte[] file = Qemu.bytes(image.files().getFirst());
        byte[] disk = new byte[(int) image.virtualSize()];
        for (Extent extent : extents) {
            if (extent.view() != view) {
                continue;
            }
            byte[] bytes = switch (extent.kind()) {
                case DATA ->
                    Arrays.copyOfRange(file, (int) extent.fileOffset(), (int)
                            (extent.fileOffset() + extent.fileLength()));
                case COMPRESSED -> image.decode(extent);
                case ZERO_FLAGGED, METADATA -> new byte[0];
            };
            System.arraycopy(bytes, 0, disk, (int) extent.guestOffset(), bytes.length);
        }
        return disk;
    }

    private static void assertEveryByteOfTheFileIsToldOnce(Path file, List<Extent> extents)
            throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        boolean[] told = new boolean[bytes.length];
        for (Extent extent : extents) {
            for (long i = 0; i < extent.fileLength(); i++) {
                int at = (int) (extent.fileOffset() + i);
                if (told[at]) {
                    throw new AssertionError("byte %d, %s".formatted(at, extent));
                }
                told[at] = true;
            }
        }
        for (int i = 0; i < bytes.length; i++) {
            if (!told[i] && bytes[i] != 0) {
                throw new AssertionError("byte " + i);
            }
        }
    }

    /** Text that compresses, different in each cluster. */
    static byte[] text(int size) {
        StringBuilder text = new StringBuilder(size + 64);
        for (int line = 0; text.length() < size; line++) {
            text.append("line ").append(line).append(" of a text on harbours and dams\n");
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), size);
    }
}
