package cofferdam.monitor.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cofferdam.monitor.Tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class AcceleratorTest {

    @TempDir
    Path folder;

    @Test
    void theBootSectorRunsInARealQemu() {
        Path qemu = Tool.named("qemu-system-x86_64").program();
        assertThat(Accelerator.runs(qemu, Accelerator.Kind.TCG))
                .isEqualTo(new Accelerator(Accelerator.Kind.TCG, "a guest ran under TCG"));
    }

    @Test
    void aRealQemuGivesOneAnswerOrTheOtherWithinItsTime() {
        Path qemu = Tool.named("qemu-system-x86_64").program();
        Accelerator accelerator = Accelerator.of(qemu);
        switch (accelerator.kind()) {
            case KVM -> assertThat(accelerator.reason()).isEqualTo("a guest ran under KVM");
            case TCG -> assertThat(accelerator.reason()).startsWith("KVM does not work here: ");
        }
        assertThat(Accelerator.of(qemu)).isSameAs(accelerator);
    }

    @Test
    void kvmCountsIfTheGuestsByteCameThrough() throws IOException {
        assertThat(Accelerator.probe(program("exit 85")))
                .isEqualTo(new Accelerator(Accelerator.Kind.KVM, "a guest ran under KVM"));
    }

    @Test
    void aQemuThatRefusesKvmIsQuoted() throws IOException {
        assertThat(Accelerator.probe(
                        program("echo 'failed to initialize kvm' >&2; echo more; exit 1")))
                .isEqualTo(new Accelerator(
                        Accelerator.Kind.TCG,
                        "KVM does not work here: QEMU ended with 1: failed to initialize kvm"));
    }

    @Test
    void aQemuThatEndsWithoutTheGuestHavingRunIsNoProof() throws IOException {
        assertThat(Accelerator.probe(program("exit 0")).kind()).isEqualTo(Accelerator.Kind.TCG);
    }

    @Test
    void aGuestThatDoesNothingIsEndedAndMeansThatKvmIsUnusable() throws IOException {
        Path alive = folder.resolve("process");
        Accelerator found =
                Accelerator.probe(program("echo $$ > '%s'; exec sleep 60".formatted(alive)));
        assertThat(found)
                .isEqualTo(new Accelerator(
                        Accelerator.Kind.TCG,
                        "KVM does not work here: a guest did nothing for 3 s"));
        Path commandLine = Path.of("/proc", Files.readString(alive).strip(), "cmdline");
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(textOf(commandLine)).isEmpty());
    }

    @Test
    void aProgramThatIsNotThereMeansSoftwareEmulation() {
        Accelerator found = Accelerator.probe(folder.resolve("nothing"));
        assertThat(found.kind()).isEqualTo(Accelerator.Kind.TCG);
        assertThat(found.reason()).contains("nothing");
    }

    /** A process that was killed and that nobody has asked for yet has an empty command line. */
    private static String textOf(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private Path program(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("qemu"), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
