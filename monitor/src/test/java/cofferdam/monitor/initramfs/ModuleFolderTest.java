package cofferdam.monitor.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Requirement;

import com.github.luben.zstd.Zstd;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

class ModuleFolderTest {

    @TempDir
    Path folder;

    @Test
    void whatAModuleNeedsComesBeforeIt() throws Exception {
        write("net/bridge.ko", "depends=stp,llc");
        write("net/stp.ko", "depends=llc");
        write("net/llc.ko", "depends=");
        write("net/unrelated.ko", "depends=");

        ModulePlan plan = open().plan(List.of("bridge", "llc"));

        assertThat(plan.complete())
                .extracting(KernelModule::name)
                .containsExactly("llc", "stp", "bridge");
        assertThat(plan.builtIn()).isEmpty();
    }

    @Test
    void namesMayBeWrittenWithHyphenOrUnderscore() throws Exception {
        write("char/virtio-rng.ko", "depends=rng-core");
        write("char/rng-core.ko", "depends=");

        assertThat(open().plan(List.of("virtio_rng")).order())
                .isEqualTo(open().plan(List.of("virtio-rng")).order())
                .extracting(KernelModule::name)
                .containsExactly("rng_core", "virtio_rng");
    }

    @Test
    void whatIsBuiltInIsToldFromWhatIsNotThere() throws Exception {
        write("net/bridge.ko", "depends=llc");
        Files.writeString(
                folder.resolve("modules.builtin"), "kernel/fs/ext4/ext4.ko\nkernel/net/llc.ko\n");

        ModulePlan plan = open().plan(List.of("ext4", "bridge", "e1000"));

        assertThat(plan.order()).extracting(KernelModule::name).containsExactly("bridge");
        assertThat(plan.builtIn()).containsExactly("ext4");
        assertThat(plan.missing()).containsExactly("e1000");
        assertThatThrownBy(plan::complete)
                .isInstanceOf(UnusablePartException.class)
                .hasMessage("the kernel has neither as a module nor built in: e1000");
    }

    @Test
    void aNeededModuleThatIsNotThereIsNamed() throws Exception {
        write("net/bridge.ko", "depends=llc");
        assertThatThrownBy(() -> open().plan(List.of("bridge")))
                .hasMessage("the module bridge needs llc, which is not in " + folder);
    }

    @Test
    void modulesThatNeedOneAnotherAreRefused() throws Exception {
        write("one.ko", "depends=two");
        write("two.ko", "depends=one");
        assertThatThrownBy(() -> open().plan(List.of("one")))
                .hasMessageContaining("need one another: one, two");
    }

    @Test
    void gzipAndZstandardAreDecompressedAndXzIsRefused() throws Exception {
        byte[] module = ElfSample.module("depends=");
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(module);
        }
        Files.createDirectories(folder.resolve("kernel"));
        Files.write(folder.resolve("kernel/one.ko.gz"), gzip.toByteArray());
        Files.write(folder.resolve("kernel/two.ko.zst"), Zstd.compress(module));
        Files.write(folder.resolve("kernel/three.ko.xz"), new byte[] {1});

        for (KernelModule each : open().plan(List.of("one", "two")).complete()) {
            assertThat(each.content()).isEqualTo(module);
        }
        assertThatThrownBy(() -> open().plan(List.of("three"))).hasMessageContaining("unxz");
    }

    @Test
    void aFileThatIsNoModuleIsRefused() throws Exception {
        write("one.ko", "license=GPL");
        Files.writeString(folder.resolve("kernel/two.ko"), "text");
        assertThatThrownBy(() -> open().plan(List.of("one")))
                .hasMessageContaining("does not say what it depends on");
        assertThatThrownBy(() -> open().plan(List.of("two"))).hasMessageContaining("no ELF file");
    }

    @Test
    void aFolderWithoutModulesIsRefused() {
        assertThatThrownBy(this::open).hasMessageContaining("is no folder of kernel modules");
    }

    @Test
    void damagedModulesAreRefusedAndNothingElseHappens() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] module = ElfSample.module("license=GPL", "depends=stp,llc", "name=bridge");
        Path file = folder.resolve("bridge.ko");
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] damaged = Arrays.copyOf(
                    module, random.nextInt(4) == 0 ? random.nextInt(module.length) : module.length);
            for (int change = random.nextInt(4); change >= 0 && damaged.length > 0; change--) {
                damaged[random.nextInt(damaged.length)] =
                        (byte) (random.nextBoolean() ? 0xff : random.nextInt());
            }
            Files.write(file, damaged);
            try {
                ModuleFile.module(file);
            } catch (UnusablePartException expected) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + round, e);
            }
        }
        assertThat(refused).as("seed " + seed).isGreaterThan(300);
    }

    /** Debian's package of User-mode Linux comes with what depmod says of its modules. */
    @Test
    void needsAreThoseThatDepmodFinds() throws Exception {
        GuestKernel kernel = Requirement.of(GuestKernels.ofUser()::userMode);
        ModuleFolder modules = ModuleFolder.open(kernel.modules());
        List<String> lines = Files.readAllLines(kernel.modules().resolve("modules.dep"));
        assertThat(lines).hasSizeGreaterThan(50);
        for (String line : lines) {
            List<String> files = List.of(line.replaceAll(":", "").split(" ", -1));
            Set<String> expected = files.stream()
                    .map(file -> Path.of(file).getFileName().toString())
                    .map(ModuleFile::moduleName)
                    .collect(Collectors.toSet());
            String name = ModuleFile.moduleName(
                    Path.of(files.getFirst()).getFileName().toString());
            List<KernelModule> order = modules.plan(List.of(name)).complete();
            assertThat(order)
                    .extracting(KernelModule::name)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThatEachComesAfterItsNeeds(order);
        }
    }

    private static void assertThatEachComesAfterItsNeeds(List<KernelModule> order) {
        Set<String> loaded = new HashSet<>();
        for (KernelModule module : order) {
            assertThat(loaded).containsAll(module.needs());
            loaded.add(module.name());
        }
    }

    private ModuleFolder open() throws UnusablePartException {
        return ModuleFolder.open(folder);
    }

    private void write(String path, String... information) throws IOException {
        Path file = folder.resolve("kernel").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, ElfSample.module(information));
    }
}
