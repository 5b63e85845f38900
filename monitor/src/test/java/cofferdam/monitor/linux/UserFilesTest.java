package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.GuestFiles;
import cofferdam.monitor.Power;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.guest.system.GuestSystem;
import cofferdam.monitor.policy.DiskPolicy.Format;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

class UserFilesTest {

    private static final String SAVED = Sha256.of(GuestSystem.note(DiskBench.SECRET));
    private static final String OTHER = Sha256.of(new byte[] {1});

    @TempDir
    Path folder;

    private DiskBench bench;
    private GuestFiles files;

    @BeforeEach
    void setUp() throws IOException {
        bench = new DiskBench(folder, DiskBench.policy(Format.RAW));
        files = bench.capability(GuestFiles.class);
        bench.await(bench.capability(Power.class).on());
        bench.guest.commands.clear();
    }

    private void answer(int status, String output) {
        bench.guest.answers = command -> Optional.of(new GuestShell.Result(status, output));
    }

    private Event.FileSaved save(String path) {
        bench.await(files.save(path, DiskBench.SECRET));
        return bench.last(Event.FileSaved.class);
    }

    private Event.FileRead read(String path) {
        bench.await(files.read(path));
        return bench.last(Event.FileRead.class);
    }

    @Test
    void aFileIsSavedIfTheGuestHasWhatWasToBeWritten() {
        answer(0, SAVED + "  /mnt/home/alice/notes.txt");

        Event.FileSaved event = save(DiskBench.NOTES);

        assertThat(event.outcome()).isEqualTo(FileOutcome.DONE);
        assertThat(event.sha256()).isEqualTo(SAVED);
        assertThat(bench.guest.commands.getFirst())
                .startsWith("/lib/cofferdam/disk save '/home/alice/notes.txt' "
                        + DiskBench.SECRET
                        + " 40 'note %02d");
    }

    @Test
    void aFileWithSomethingElseInItIsNotSaved() {
        answer(0, OTHER + "  /mnt/home/alice/notes.txt");
        assertThat(save(DiskBench.NOTES).outcome()).isEqualTo(FileOutcome.FAILED);

        answer(0, "");
        assertThat(save(DiskBench.NOTES).outcome()).isEqualTo(FileOutcome.FAILED);
    }

    @Test
    void whatIsReadIsWhatTheGuestRead() {
        answer(0, OTHER + "  /mnt/home/alice/notes.txt");

        Event.FileRead event = read(DiskBench.NOTES);

        assertThat(event.outcome()).isEqualTo(FileOutcome.DONE);
        assertThat(event.sha256()).isEqualTo(OTHER);
    }

    @Test
    void aFileThatIsNotThereIsMissingAndAnyOtherTroubleIsAFailure() {
        answer(1, "sha256sum: /mnt/home/alice/notes.txt: No such file or directory");
        assertThat(read(DiskBench.NOTES).outcome()).isEqualTo(FileOutcome.MISSING);

        answer(1, "sha256sum: /mnt/home/alice/notes.txt: Bad message");
        assertThat(read(DiskBench.NOTES).outcome()).isEqualTo(FileOutcome.FAILED);
        assertThat(read(DiskBench.NOTES).detail()).endsWith("Bad message");
    }

    @Test
    void aGuestThatDoesNotAnswerSaysNothingAboutAFile() {
        bench.guest.answers = command -> Optional.empty();

        assertThatThrownBy(() -> read(DiskBench.NOTES))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not answer");
        assertThat(bench.events(Event.FileRead.class)).isEmpty();
    }

    @Test
    void aGuestThatHasEndedByItselfSaysNothingAboutAFile() {
        bench.guest.cut();

        assertThatThrownBy(() -> read(DiskBench.NOTES))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended by itself");
        assertThat(bench.events(Event.FileRead.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/../etc/passwd", "notes", "/a//b", "/a/./b", "/", "/a\nb", "/boot/vmlinuz"})
    void noUserSavesOutsideTheDiskOrOverTheSystem(String path) {
        answer(0, SAVED + "  /mnt" + path);

        assertThat(save(path).outcome()).isEqualTo(FileOutcome.FAILED);
        assertThat(bench.guest.commands).isEmpty();
    }

    @Test
    void aPathIsOneWordOfTheCommand() {
        answer(1, "");

        read("/a'; poweroff; '");

        assertThat(bench.guest.commands)
                .containsExactly("/lib/cofferdam/disk read '/a'\\''; poweroff; '\\'''");
    }
}
