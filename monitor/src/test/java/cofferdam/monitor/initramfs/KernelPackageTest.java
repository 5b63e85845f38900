package cofferdam.monitor.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

class KernelPackageTest {

    private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void theKernelAndItsModulesArePutUnderTheirVersion() throws Exception {
        GuestKernel kernel = unpack(new TarSample().kernel("6.1.0-x").stream());
        assertThat(kernel.version()).isEqualTo("6.1.0-x");
        assertThat(kernel.image()).isEqualTo(kernels().resolve("6.1.0-x/boot/vmlinuz-6.1.0-x"));
        assertThat(new GuestKernels(kernels(), folder).find()).isEqualTo(kernel);
        assertThat(left()).containsExactly("6.1.0-x");
    }

    @Test
    void nothingElseOfThePackageIsTakenAndNoLinkIsMade() throws Exception {
        unpack(new TarSample()
                        .file("./etc/passwd", TEXT)
                        .file("./boot/config-6.1.0-x", TEXT)
                        .member('2', "./lib/modules/6.1.0-x/build", new byte[0])
                        .member('1', "./lib/modules/6.1.0-x/hard", new byte[0])
                        .member('3', "./lib/modules/6.1.0-x/device", new byte[0])
                        .kernel("6.1.0-x")
                        .stream());
        Path place = kernels().resolve("6.1.0-x");
        try (Stream<Path> all = Files.walk(place)) {
            assertThat(all.filter(file -> !Files.isDirectory(file)))
                    .hasSize(1 + KernelSample.MODULES.size())
                    .allMatch(Files::isRegularFile);
        }
    }

    @Test
    void aMemberBelowALinkLandsInTheFolderAllTheSame() throws Exception {
        unpack(new TarSample()
                        .member('2', "./lib/modules/6.1.0-x/out", new byte[0])
                        .file("./lib/modules/6.1.0-x/out/passwd", TEXT)
                        .kernel("6.1.0-x")
                        .stream());
        Path written = kernels().resolve("6.1.0-x/lib/modules/6.1.0-x/out/passwd");
        assertThat(written).hasContent("text");
        assertThat(written.toRealPath()).startsWith(kernels().toRealPath());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/lib/modules/x",
                "./lib/modules/../../../x",
                "../x",
                "lib/modules//x",
                "./lib/modules/./x",
                "./lib/modules/a\nb",
                "././/x"
            })
    void aNameThatLeadsOutOfTheFolderEndsItAll(String name) {
        InputStream tar = new TarSample().kernel("6.1.0-x").file(name, TEXT).stream();
        assertThatThrownBy(() -> unpack(tar))
                .isInstanceOf(UnusablePartException.class)
                .hasMessageContaining("a name that is not allowed");
        assertThat(left()).isEmpty();
    }

    @Test
    void aNameThatLeadsOutIsFoundInALongNameToo() {
        String name = "./lib/modules/" + "d/".repeat(60) + "../x";
        InputStream tar = new TarSample()
                        .member('L', "././@LongLink", name.getBytes(StandardCharsets.UTF_8))
                        .file("./lib/modules/short", TEXT)
                        .kernel("6.1.0-x")
                        .stream();
        assertThatThrownBy(() -> unpack(tar)).hasMessageContaining("a name that is not allowed");
        assertThat(left()).isEmpty();
    }

    @Test
    void aMemberThatIsThereTwiceEndsItAll() {
        InputStream tar = new TarSample().kernel("6.1.0-x").kernel("6.1.0-x").stream();
        assertThatThrownBy(() -> unpack(tar)).isInstanceOf(IOException.class);
        assertThat(left()).isEmpty();
    }

    @Test
    void aPackageThatEndsTooEarlyLeavesNothingBehindWhereverItEnds() {
        byte[] whole = new TarSample().kernel("6.1.0-x").bytes();
        for (int length = 0; length < whole.length - 1024; length += 256) {
            InputStream tar = new ByteArrayInputStream(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> unpack(tar))
                    .as("%d bytes", length)
                    .isInstanceOf(Exception.class);
            assertThat(left()).as("%d bytes", length).isEmpty();
        }
    }

    @Test
    void aDamagedHeaderIsNoticed() {
        byte[] bytes = new TarSample().kernel("6.1.0-x").bytes();
        bytes[512 + 20] ^= 1;
        assertThatThrownBy(() -> unpack(new ByteArrayInputStream(bytes)))
                .hasMessageContaining("wrong checksum");
    }

    @Test
    void aPackageWithoutAKernelOrWithoutItsModulesIsRefused() {
        assertThatThrownBy(() -> unpack(new TarSample().file("./usr/bin/x", TEXT).stream()))
                .hasMessage("it has 0 kernels (boot/vmlinuz-*) and not one");
        assertThatThrownBy(() -> unpack(new TarSample()
                        .file("./boot/vmlinuz-6.1.0", KernelSample.image("6.1.0")).stream()))
                .hasMessageContaining("has no modules");
        assertThatThrownBy(
                        () -> unpack(new TarSample().file("./boot/vmlinuz-6.1.0", TEXT).stream()))
                .hasMessageContaining("HdrS");
        assertThat(left()).isEmpty();
    }

    @Test
    void whatIsThereAlreadyStays() throws Exception {
        GuestKernel first = unpack(new TarSample().kernel("6.1.0-x").stream());
        Path mark = Files.createFile(kernels().resolve("6.1.0-x/mark"));
        assertThat(unpack(new TarSample().kernel("6.1.0-x").stream())).isEqualTo(first);
        assertThat(mark).exists();
        assertThat(left()).containsExactly("6.1.0-x");
    }

    @Test
    void whatGnuTarWritesIsReadWithLongNamesToo() throws Exception {
        Path packed = folder.resolve("packed");
        KernelSample.write(packed, "6.1.0-x");
        String deep = "kernel/" + "a-long-name-of-a-folder/".repeat(5) + "long.ko";
        Path file = packed.resolve("lib/modules/6.1.0-x").resolve(deep);
        Files.createDirectories(file.getParent());
        Files.write(file, ElfSample.module("depends=bridge"));
        byte[] tar = Tool.named("tar").output("--format=gnu", "-C", packed.toString(), "-c", ".");

        GuestKernel kernel = unpack(new ByteArrayInputStream(tar));

        assertThat(ModuleFolder.open(kernel.modules()).plan(List.of("long")).complete())
                .extracting(KernelModule::name)
                .containsExactly("bridge", "long");
    }

    private GuestKernel unpack(InputStream tar) throws IOException, UnusablePartException {
        try (KernelPackage unpacked = KernelPackage.unpack(tar, kernels())) {
            return unpacked.keep();
        }
    }

    private Path kernels() {
        return folder.resolve("kernels");
    }

    private List<String> left() {
        try (Stream<Path> all = Files.list(kernels())) {
            return all.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
