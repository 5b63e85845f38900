package cofferdam.monitor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class ChildProcessTest {

    private static final long MEBIBYTE = 1L << 20;

    @TempDir
    Path parent;

    private final Posted posted = new Posted();
    private WorkFolder folder;

    @BeforeEach
    void create() throws Exception {
        folder = WorkFolder.create(parent);
    }

    @AfterEach
    void everythingIsGoneWithTheFolder() {
        folder.close();
        assertThat(parent).isEmptyDirectory();
        assertThat(Leftovers.of(parent)).isEmpty();
    }

    @Test
    void aProgramAnswersOnItsStandardOutput() throws Exception {
        ChildProcess child =
                posted.shell(folder, "while read -r line; do echo \"got $line\"; done");

        child.send("one\n".getBytes(UTF_8));
        posted.await(() -> posted.received().equals("got one\n"));
        child.send("two\n".getBytes(UTF_8));
        posted.await(() -> posted.received().equals("got one\ngot two\n"));

        assertThat(child.alive()).isTrue();
        assertThat(child.exitCode()).isEmpty();
        assertThat(child.ended()).isEmpty();
    }

    @Test
    void theNumberIsThatOfTheProgramItself() throws Exception {
        ChildProcess child = posted.shell(folder, "echo $$; read -r line");

        posted.await(() -> posted.received().endsWith("\n"));

        assertThat(posted.received()).isEqualTo(child.pid() + "\n");
    }

    @Test
    void theEnvironmentIsWhatWasGivenAndNothingElse() throws Exception {
        ChildProcess child = posted.start(folder, Posted.PLENTY, "env");

        posted.awaitEnd(child);

        String path = folder.path().toString();
        assertThat(posted.received().lines())
                .contains(
                        "COLOUR=green",
                        "COFFERDAM_WORK=" + path,
                        "COFFERDAM_PROGRAM=program",
                        "HOME=" + path,
                        "TMPDIR=" + path,
                        "LC_ALL=C")
                .filteredOn(line -> !line.startsWith("PATH=") && !line.startsWith("PWD="))
                .filteredOn(line -> !line.startsWith("OLDPWD="))
                .hasSize(6);
    }

    @Test
    void allOutputArrivesBeforeTheEndIsTold() throws Exception {
        ChildProcess child = posted.shell(folder, "head -c 600000 /dev/zero; echo done; exit 3");

        assertThat(posted.awaitEnd(child)).isEqualTo("exit code 3");
        assertThat(posted.received()).hasSize(600_005).endsWith("done\n");
        assertThat(child.exitCode()).hasValue(3);
    }

    @Test
    void whatAProgramLeftInThePipeArrivesToo() throws Exception {
        // As much as may wait to be delivered, and four pieces more.
        ChildProcess child = posted.shell(folder, "dd if=/dev/zero bs=8192 count=68; exit 4");
        await().until(() -> !child.alive());

        assertThat(child.ended()).isEmpty();
        assertThat(posted.awaitEnd(child)).startsWith("exit code 4");
        assertThat(posted.received()).hasSize(68 * 8192);
    }

    @Test
    void whatEndsAtOnceTellsItsLastErrorMessage() throws Exception {
        ChildProcess child = posted.shell(folder, "echo first >&2; echo no such image >&2; exit 1");

        assertThat(posted.awaitEnd(child)).isEqualTo("exit code 1: no such image");
        assertThat(child.errors()).isEqualTo("first\nno such image\n");
        assertThat(child.alive()).isFalse();
    }

    @Test
    void aProgramThatIsMissingEndsWithTheReason() throws Exception {
        ChildProcess child = posted.start(folder, Posted.PLENTY, "/nonexistent/qemu");

        assertThat(posted.awaitEnd(child))
                .startsWith("exit code ")
                .contains("/nonexistent/qemu", "No such file or directory");
    }

    @Test
    void onlyTheLastOfTheErrorsIsKept() throws Exception {
        ChildProcess child =
                posted.shell(folder, "head -c 20000 /dev/zero | tr '\\0' x >&2; echo last >&2");

        posted.awaitEnd(child);

        assertThat(child.errors()).hasSize(8192).endsWith("xlast\n");
    }

    @Test
    void whatIgnoresSignalsIsKilled() throws Exception {
        ChildProcess child =
                posted.shell(folder, "trap '' TERM INT HUP; echo deaf; while :; do sleep 60; done");
        posted.await(() -> posted.received().equals("deaf\n"));

        child.close();

        assertThat(child.alive()).isFalse();
        assertThat(child.ended()).hasValue("killed");
        assertThat(Leftovers.of(parent)).hasSize(1); // the guardian
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        ChildProcess child = posted.shell(folder, "sleep 60");

        child.close();
        child.close();

        assertThat(child.ended()).hasValue("killed");
    }

    @Test
    void descendantsInGroupsAndSessionsOfTheirOwnAreKilled() throws Exception {
        ChildProcess child = posted.shell(folder, """
                bash -mc 'sleep 60 & echo grouped; wait' &
                setsid sh -c 'sleep 60 & echo parted; wait' &
                env -i /bin/sh -c 'sleep 60 & echo cleared; wait' &
                wait
                """);
        posted.await(() -> posted.received().contains("grouped")
                && posted.received().contains("parted")
                && posted.received().contains("cleared"));
        Session session = Session.ledBy(
                child.pid(),
                List.of("COFFERDAM_WORK=" + folder.path(), "COFFERDAM_PROGRAM=program"));
        assertThat(session.members()).hasSize(7);

        child.close();

        assertThat(session.members()).isEmpty();
    }

    @Test
    void whatAProgramLeavesBehindGoesWithIt() throws Exception {
        ChildProcess child = posted.shell(folder, "sleep 60 & exit 0");

        assertThat(posted.awaitEnd(child)).isEqualTo("exit code 0");
        assertThat(Leftovers.of(parent)).hasSize(1); // the guardian
    }

    @Test
    void aFloodOfOutputEndsTheProgram() throws Exception {
        ChildProcess child = posted.start(folder, output(50_000), "yes");

        assertThat(posted.awaitEnd(child)).isEqualTo("killed: wrote more than 50000 bytes");
        assertThat(posted.received()).hasSizeLessThanOrEqualTo(50_000).startsWith("y\ny\n");
    }

    @Test
    void aFloodOfErrorsEndsTheProgram() throws Exception {
        ChildProcess child = posted.start(folder, output(50_000), "sh", "-c", "yes >&2");

        assertThat(posted.awaitEnd(child)).isEqualTo("killed: wrote more than 50000 bytes");
    }

    @Test
    void aProgramWhoseOutputNobodyTakesWaitsAndCanBeClosed() throws Exception {
        ChildProcess child = posted.start(folder, output(100 * MEBIBYTE), "yes");

        child.close();

        assertThat(child.ended()).hasValue("killed");
        assertThat(posted.received()).isEmpty();
    }

    @Test
    void aProgramThatClosesItsOutputLivesOn() throws Exception {
        ChildProcess child =
                posted.shell(folder, "echo bye; exec >&- 2>&-; read -r line; exit \"$line\"");
        posted.await(() -> posted.received().equals("bye\n"));
        assertThat(child.alive()).isTrue();

        child.send("7\n".getBytes(UTF_8));

        assertThat(posted.awaitEnd(child)).isEqualTo("exit code 7");
    }

    @Test
    void aProgramThatTakesNoInputNeverHoldsUpItsSenderAndEnds() throws Exception {
        ChildProcess child = posted.shell(folder, "sleep 60");

        for (int sent = 0; sent < 40; sent++) {
            child.send(new byte[65_536]);
        }

        assertThat(posted.awaitEnd(child)).startsWith("killed: took no input while ");
    }

    @Test
    void whatIsSentToAProgramThatHasEndedIsLost() throws Exception {
        ChildProcess child = posted.shell(folder, "exit 0");
        posted.awaitEnd(child);

        for (int sent = 0; sent < 40; sent++) {
            child.send(new byte[65_536]);
        }

        assertThat(child.ended()).hasValue("exit code 0");
    }

    @Test
    void theLimitOfTimeHolds() throws Exception {
        Limits limits = new Limits(
                Duration.ofMillis(300),
                Duration.ofMinutes(1),
                Limits.UNLIMITED,
                MEBIBYTE,
                MEBIBYTE);
        ChildProcess child = posted.start(folder, limits, "sleep", "60");

        assertThat(posted.awaitEnd(child)).isEqualTo("killed: ran longer than 300 ms");
    }

    @Test
    void theLimitOfProcessorTimeHolds() throws Exception {
        Limits limits = new Limits(
                Duration.ofMinutes(1),
                Duration.ofMillis(500),
                Limits.UNLIMITED,
                MEBIBYTE,
                MEBIBYTE);
        ChildProcess child = posted.start(folder, limits, "sh", "-c", "while :; do :; done");

        assertThat(posted.awaitEnd(child))
                .isEqualTo("signal 24 (used more than 1 s of processor time)");
    }

    @Test
    void theLimitOfAddressSpaceHolds() throws Exception {
        Limits limits = new Limits(
                Duration.ofMinutes(1), Duration.ofMinutes(1), 64 * MEBIBYTE, MEBIBYTE, MEBIBYTE);
        String[] greedy = {"dd", "if=/dev/zero", "of=/dev/null", "bs=100M", "count=1"};

        assertThat(posted.awaitEnd(posted.start(folder, limits, greedy)))
                .startsWith("exit code 1: ")
                .contains("memory exhausted");
        assertThat(posted.awaitEnd(posted.start(folder, Posted.PLENTY, greedy)))
                .startsWith("exit code 0");
    }

    @Test
    void theLimitOfTheSizeOfFilesHolds() throws Exception {
        ChildProcess child = posted.shell(folder, "exec head -c 2000000 /dev/zero >big");

        assertThat(posted.awaitEnd(child))
                .isEqualTo("signal 25 (wrote a file of more than 1048576 bytes)");
        assertThat(Files.size(folder.file("big"))).isEqualTo(MEBIBYTE);
    }

    @Test
    void twoProgramsOfAFolderHaveTwoNames() throws Exception {
        posted.shell(folder, "sleep 60");

        assertThatThrownBy(() -> posted.shell(folder, "sleep 60"))
                .hasMessage("a program 'program' runs already");
    }

    @Test
    void aNameIsFreeAgainWhenItsProgramHasEnded() throws Exception {
        posted.awaitEnd(posted.shell(folder, "echo one"));
        posted.awaitEnd(posted.shell(folder, "echo two"));

        assertThat(posted.received()).isEqualTo("one\ntwo\n");
    }

    @Test
    void closingOneProgramSparesTheOthers() throws Exception {
        ChildProcess child = posted.shell(folder, "sleep 60");
        ChildProcess other = Supervisor.start(
                new ProgramStart("other", List.of("sleep", "60"), Map.of(), Posted.PLENTY),
                folder,
                posted);

        child.close();

        assertThat(other.alive()).isTrue();
    }

    private static Limits output(long bytes) {
        return new Limits(
                Duration.ofMinutes(1), Duration.ofMinutes(1), Limits.UNLIMITED, MEBIBYTE, bytes);
    }
}
