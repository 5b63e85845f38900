package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.pcapng.PcapngReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

class LabCommandTest {

    @TempDir
    Path folder;

    @Test
    void aSignalEndsTheLabAndLeavesWholeEvidenceAndNoSocket() throws Exception {
        try (LabProcess lab = LabProcess.start(
                folder, "--policy", "linux-bridge", "--attach", "unix:s", "--out", "evidence")) {
            assertThat(folder.resolve("s")).exists();
            assertThat(lab.ask("ping vm1 vm2").getFirst()).contains("3 answered");
            assertThat(lab.ask("attack \u001b[2J").getFirst())
                    .isEqualTo("error: no attack '\\u001b[2J'; 'attacks' lists them");
            new ProcessBuilder("kill", "-INT", Long.toString(lab.process().pid()))
                    .start()
                    .waitFor();
            assertThat(lab.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(folder.resolve("s")).doesNotExist();
        byte[] events = Files.readAllBytes(folder.resolve("evidence/events.jsonl"));
        assertThat(EventLog.read(events)).anyMatch(event -> event instanceof Event.FlowFinished);
        for (String vantage : new String[] {"vm1", "vm2", "source", "host", "port1", "uplink"}) {
            Path capture = folder.resolve("evidence/captures/" + vantage + ".pcapng");
            assertThat(PcapngReader.read(Files.readAllBytes(capture)).interfaces())
                    .isNotEmpty();
        }
    }

    @Test
    void theLabLivesOnAfterItsInputAsLongAsItIsAsked() throws Exception {
        try (LabProcess lab =
                LabProcess.start(folder, "--policy", "linux-bridge", "--run", "3600")) {
            lab.process().outputWriter().close();
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(5))
                    .until(lab.process()::isAlive);
        }
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        Program.Finished refused = Program.run(
                "lab", "--policy", "nobody", "--attach", "x:y", "--attach", "udp:1", "--run", "-1");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("nobody", "'x:y' begins with none of", "'udp:1' is not udp:", "--run -1");
    }

    @Test
    void anInterfaceThatThereIsNotIsBadInput() {
        Program.Finished refused =
                Program.run("lab", "--policy", "linux-bridge", "--attach", "packet:nosuch0");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--attach 'packet:nosuch0'");
    }

    @Test
    void aMachineThatThereIsNotCannotBePromiscuous() {
        Program.Finished refused =
                Program.run("lab", "--policy", "linux-bridge", "--promiscuous", "vm9");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("vm9");
    }

    @Test
    void evidenceDoesNotGoWhereSomethingIs() throws Exception {
        Files.writeString(folder.resolve("mine"), "");

        Program.Finished refused =
                Program.run("lab", "--policy", "linux-bridge", "--out", folder.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("is not empty");
    }
}
