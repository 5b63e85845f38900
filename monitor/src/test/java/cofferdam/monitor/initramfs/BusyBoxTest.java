package cofferdam.monitor.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Requirement;
import cofferdam.monitor.Tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class BusyBoxTest {

    private static final int LOADED = 1;
    private static final String TABLE = "some text\0"
            + IntStream.range(10, 40)
                    .mapToObj(number -> "a" + number)
                    .collect(Collectors.joining("\0"))
            + "\0ash\0cat\0sh\0about\0";

    @TempDir
    Path folder;

    @Test
    void theInstalledOnesToolsAreThoseThatItListsItself() throws Exception {
        BusyBox busyBox = Requirement.of(BusyBox::installed);
        String list = new Tool(busyBox.file()).run("--list");
        assertThat(busyBox.applets()).containsExactlyElementsOf(list.lines().toList());
    }

    @Test
    void whatItHasToHaveIsAskedOfItsTable() throws Exception {
        BusyBox busyBox = BusyBox.at(write(ElfSample.program(LOADED, TABLE)));
        assertThat(busyBox.applets()).startsWith("a10", "a11").endsWith("ash", "cat", "sh");
        busyBox.require(List.of("ash", "cat"));
        assertThatThrownBy(() -> busyBox.require(List.of("nc", "brctl", "cat")))
                .isInstanceOf(UnusablePartException.class)
                .hasMessageContaining("has no brctl, no nc")
                .hasMessageContaining("install the package busybox-static");
    }

    @Test
    void oneThatNeedsSharedLibrariesIsRefused() throws IOException {
        Path file = write(ElfSample.program(ElfFile.INTERPRETER, TABLE));
        assertThatThrownBy(() -> BusyBox.firstOf(List.of(file)))
                .hasMessageContaining("needs shared libraries")
                .hasMessageContaining("install the package busybox-static");
    }

    @Test
    void anotherProgramIsRefused() throws IOException {
        Path file = write(ElfSample.program(LOADED, "one\0two\0"));
        assertThatThrownBy(() -> BusyBox.at(file)).hasMessageContaining("no table of applets");
        Files.writeString(file, "#!/bin/sh\n");
        assertThatThrownBy(() -> BusyBox.at(file)).hasMessageContaining("no ELF file");
    }

    @Test
    void whereThereIsNoneThePackageIsNamed() {
        assertThatThrownBy(() -> BusyBox.firstOf(List.of(folder.resolve("busybox"))))
                .hasMessage("there is no BusyBox: install the package busybox-static");
    }

    @Test
    void aUsableOneIsFoundBehindAnUnusableOne() throws Exception {
        Path dynamic = write(ElfSample.program(ElfFile.INTERPRETER, TABLE));
        Path usable = Files.write(folder.resolve("usable"), ElfSample.program(LOADED, TABLE));
        assertThat(BusyBox.firstOf(List.of(dynamic, usable)).file()).isEqualTo(usable);
    }

    private Path write(byte[] program) throws IOException {
        return Files.write(folder.resolve("busybox"), program);
    }
}
