package cofferdam.monitor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cofferdam.monitor.Tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

class WorkFolderTest {

    @TempDir
    Path parent;

    private final Posted posted = new Posted();

    @Test
    void onlyItsOwnerMayEnter() throws Exception {
        try (WorkFolder folder = WorkFolder.create(parent)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void itIsGoneWithItsFilesWhenItIsClosed() throws Exception {
        WorkFolder folder = WorkFolder.create(parent);
        Files.createDirectories(folder.file("below").resolve("a/b"));
        Files.writeString(folder.file("below").resolve("a/b/file"), "text");

        folder.close();
        folder.close();

        assertThat(parent).isEmptyDirectory();
        assertThat(Leftovers.of(parent)).isEmpty();
    }

    @Test
    void closingLeavesAloneWhatALinkPointsTo() throws Exception {
        Path elsewhere =
                Files.writeString(Files.createDirectory(parent.resolve("x")).resolve("kept"), "");
        WorkFolder folder = WorkFolder.create(parent);
        Files.createSymbolicLink(folder.file("link"), elsewhere.getParent());

        folder.close();

        assertThat(elsewhere).exists();
    }

    @Test
    void aFolderThatCannotBeMadeSaysWhy() {
        Path absent = parent.resolve("absent");

        assertThatThrownBy(() -> WorkFolder.create(absent))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot start the guardian of '" + absent)
                .hasMessageContaining("No such file or directory");
    }

    @Test
    void closingEndsTheProgramsOfTheFolder() throws Exception {
        WorkFolder folder = WorkFolder.create(parent);
        ChildProcess child = posted.shell(folder, "sleep 60 & setsid sleep 60 & wait");

        folder.close();

        assertThat(child.ended()).hasValue("killed");
        assertThat(Leftovers.of(parent)).isEmpty();
    }

    @Test
    void nothingStartsInAClosedFolder() throws Exception {
        WorkFolder folder = WorkFolder.create(parent);
        folder.close();

        assertThatThrownBy(() -> posted.shell(folder, "sleep 60"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the work folder '%s' is closed".formatted(folder.path()));
    }

    @Test
    void aProgramThatCannotRegisterDoesNotStart() throws Exception {
        try (WorkFolder folder = WorkFolder.create(parent)) {
            Files.delete(folder.path().resolve("sessions"));

            assertThatThrownBy(() -> posted.shell(folder, "sleep 60"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot start 'program': ");
            assertThat(Leftovers.of(parent)).hasSize(1); // the guardian
        }
    }

    @Test
    void whenTheGuardianIsKilledEverythingEnds() throws Exception {
        WorkFolder folder = WorkFolder.create(parent);
        ChildProcess child = posted.shell(folder, "setsid sleep 60 & echo started; wait");
        posted.await(() -> posted.received().equals("started\n"));

        folder.guardian().destroyForcibly();

        assertThat(posted.awaitEnd(child)).isEqualTo("killed: its guardian ended");
        await().untilAsserted(() -> assertThat(parent).isEmptyDirectory());
        assertThat(Leftovers.of(parent)).isEmpty();
        folder.close();
    }

    @Test
    void theGuardianHeedsNoSignalThatMeansItsOwner() throws Exception {
        try (WorkFolder folder = WorkFolder.create(parent)) {
            ChildProcess child = posted.shell(folder, "read -r line");
            for (String signal : List.of("HUP", "INT", "TERM")) {
                Tool.named("kill")
                        .run("-" + signal, Long.toString(folder.guardian().pid()));
            }
            child.send(new byte[] {'\n'});

            assertThat(posted.awaitEnd(child)).isEqualTo("exit code 0");
            assertThat(folder.guardian().isAlive()).isTrue();
        }
    }

    @Test
    @SuppressWarnings("try") // closed early on purpose
    void aNumberThatSomebodyElseGotLaterIsSpared() throws Exception {
        try (WorkFolder folder = WorkFolder.create(parent)) {
            Process stranger = new ProcessBuilder("setsid", "sleep", "60").start();
            try {
                await().until(() -> Session.ledBy(stranger.pid(), List.of("none"))
                        .members()
                        .equals(List.of(stranger.pid())));
                Session earlier = new Session(stranger.pid(), 1, List.of("none=none"));
                Files.createFile(folder.path().resolve("sessions/%d.1".formatted(stranger.pid())));

                assertThat(earlier.end()).isEmpty();
                folder.close();

                assertThat(parent).isEmptyDirectory();
                assertThat(stranger.isAlive()).isTrue();
            } finally {
                stranger.destroyForcibly();
            }
        }
    }

    @Test
    void aNameOfAFileStaysInTheFolder() throws Exception {
        try (WorkFolder folder = WorkFolder.create(parent)) {
            assertThat(folder.file("a.sock")).isEqualTo(folder.path().resolve("a.sock"));
            for (String name : List.of("", ".", "..", "../x", "/etc/passwd", "a/b", "a/../b")) {
                assertThatThrownBy(() -> folder.file(name))
                        .as(name)
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> folder.file("x".repeat(108)))
                    .hasMessageContaining("too long for a socket");
        }
    }

    @Test
    void aProgramHasASpeakingNameAndACommand() {
        assertThatThrownBy(() -> new ProgramStart("../x", List.of("true"), Map.of(), Posted.PLENTY))
                .hasMessageContaining("the name of a program is '../x'");
        assertThatThrownBy(() -> new ProgramStart("x", List.of(), Map.of(), Posted.PLENTY))
                .hasMessage("'x' has no command");
    }

    @Test
    void theScriptsPassShellcheck() throws Exception {
        Path guardian = Files.writeString(parent.resolve("guardian"), Script.GUARDIAN.text());
        Path launcher = Files.writeString(parent.resolve("launcher"), Script.LAUNCHER.text());

        Tool.named("shellcheck").run(guardian.toString(), launcher.toString());
    }
}
