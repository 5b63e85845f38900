package cofferdam.monitor.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

class GuestKernelsTest {

    @TempDir
    Path folder;

    private Path unpacked;
    private Path root;
    private GuestKernels kernels;

    @BeforeEach
    void places() {
        unpacked = folder.resolve("kernels");
        root = folder.resolve("root");
        kernels = new GuestKernels(unpacked, root);
    }

    @ParameterizedTest
    @CsvSource({
        "6.1.9, 6.1.10",
        "6.1.0-9-amd64, 6.1.0-56-cloud-amd64",
        "6.7-rc5-amd64, 6.7-amd64",
        "6.7-rc5, 6.7",
        "6.7-rc9, 6.7-rc10",
        "6.1.0, 6.1.0-1",
        "6.09.1, 6.10.0",
        "5.99999999999999999999, 6.0"
    })
    void versionsAreComparedAsPeopleDo(String older, String newer) {
        VersionOrder order = new VersionOrder();
        assertThat(order.compare(older, newer)).isNegative();
        assertThat(order.compare(newer, older)).isPositive();
        assertThat(order.compare(newer, newer)).isZero();
    }

    @Test
    void theNewestUnpackedOneIsTaken() throws Exception {
        for (String version : new String[] {"6.1.9-amd64", "6.1.10-amd64", "5.10.0-amd64"}) {
            KernelSample.write(unpacked.resolve(version), version);
        }
        KernelSample.write(root, "6.12.0-amd64");
        GuestKernel found = kernels.find();
        assertThat(found.version()).isEqualTo("6.1.10-amd64");
        assertThat(found.modules())
                .isEqualTo(unpacked.resolve("6.1.10-amd64/lib/modules/6.1.10-amd64"));
    }

    @Test
    void theComputersOwnIsTakenIfNoneIsUnpacked() throws Exception {
        Path image = KernelSample.write(root, "6.12.0-amd64");
        assertThat(kernels.find())
                .isEqualTo(new GuestKernel(
                        image, root.resolve("lib/modules/6.12.0-amd64"), "6.12.0-amd64"));
    }

    @Test
    void oneThatLacksAModuleIsPassedOver() throws Exception {
        KernelSample.write(unpacked.resolve("new"), "6.12.0");
        Path old = KernelSample.write(unpacked.resolve("old"), "6.1.0");
        Files.delete(unpacked.resolve("new/lib/modules/6.12.0/kernel/virtio_net.ko"));
        assertThat(kernels.find().image()).isEqualTo(old);
    }

    @Test
    void whatIsStillBeingUnpackedIsNotLookedAt() throws Exception {
        KernelSample.write(unpacked.resolve(".unpacking-1"), "6.12.0");
        assertThatThrownBy(kernels::find)
                .hasMessage(
                        "there is no kernel for guests: fetch one with 'cofferdam guest-kernel'");
    }

    @Test
    void theReasonSaysWhatIsWrongWithTheOneThatIsThere() throws Exception {
        KernelSample.write(unpacked.resolve("6.1.0"), "6.1.0");
        Files.delete(unpacked.resolve("6.1.0/lib/modules/6.1.0/kernel/bridge.ko"));
        assertThatThrownBy(kernels::find)
                .hasMessageContaining("neither as a module nor built in: bridge")
                .hasMessageContaining("cofferdam guest-kernel");
    }

    @Test
    void aGivenKernelTakesItsModulesFromBesideItFromTheComputerOrFromAGivenFolder()
            throws Exception {
        Path image = Files.createDirectories(folder.resolve("user/boot")).resolve("linux");
        Files.write(image, KernelSample.image("6.1.0-x"));
        assertThatThrownBy(() -> kernels.at(image, Optional.empty()))
                .hasMessageContaining("(6.1.0-x) has no modules");

        Path given = folder.resolve("given");
        KernelSample.writeModules(given);
        assertThat(kernels.at(image, Optional.of(given)).modules()).isEqualTo(given);

        Path own = root.resolve("usr/lib/modules/6.1.0-x");
        KernelSample.writeModules(own);
        assertThat(kernels.at(image, Optional.empty()).modules()).isEqualTo(own);

        Path beside = folder.resolve("user/lib/modules/6.1.0-x");
        KernelSample.writeModules(beside);
        assertThat(kernels.at(image, Optional.empty()).modules()).isEqualTo(beside);
    }

    @Test
    void aFileThatIsNoKernelIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "x".repeat(2000));
        assertThatThrownBy(() -> kernels.at(text, Optional.empty()))
                .hasMessageContaining("is no Linux kernel for x86: 'HdrS' is not at 0x202");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> kernels.at(missing, Optional.empty()))
                .isInstanceOf(UnusablePartException.class)
                .hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc",
        "''",
        "6.1/../x",
        "'6.1.0-a-name-that-never-ends-because-it-is-longer-than-any-kernel-has'"
    })
    void aVersionThatCouldLeadOutOfAFolderIsRefused(String version) throws IOException {
        Path image = Files.write(folder.resolve("image"), KernelSample.image(version));
        assertThatThrownBy(() -> kernels.at(image, Optional.empty()))
                .hasMessageContaining("does not say its version");
    }

    @Test
    void userModeLinuxComesWithTheNewestOfItsModules() throws Exception {
        assertThatThrownBy(kernels::userMode)
                .hasMessageContaining("install the package user-mode-linux");
        Path program = root.resolve("usr/bin/linux.uml");
        Files.createDirectories(program.getParent());
        Files.createFile(program);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(kernels::userMode).hasMessageContaining("no modules");
        KernelSample.writeModules(root.resolve("usr/lib/uml/modules/6.1.99"));
        KernelSample.writeModules(root.resolve("usr/lib/uml/modules/6.1.176"));
        assertThat(kernels.userMode())
                .isEqualTo(new GuestKernel(
                        program, root.resolve("usr/lib/uml/modules/6.1.176"), "6.1.176"));
    }

    @Test
    void kernelsAreUnpackedIntoTheUsersDataFolder() {
        assertThat(GuestKernels.folder(Map.of(), "/home/u"))
                .isEqualTo(Path.of("/home/u/.local/share/cofferdam/kernels"));
        assertThat(GuestKernels.folder(Map.of("XDG_DATA_HOME", "relative"), "/home/u"))
                .isEqualTo(Path.of("/home/u/.local/share/cofferdam/kernels"));
        assertThat(GuestKernels.folder(Map.of("XDG_DATA_HOME", "/data"), "/home/u"))
                .isEqualTo(Path.of("/data/cofferdam/kernels"));
    }
}
