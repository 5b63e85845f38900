package cofferdam.scenarios.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.recording.LiveEvidence;
import cofferdam.monitor.wire.StreamWire;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class LabConsoleTest {

    private static final String OWN = "02:00:00:00:00:99";

    private final RealTime time = new RealTime();
    private final LiveEvidence evidence = LiveEvidence.inMemory();
    private final List<Lab> opened = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        opened.forEach(Lab::close);
        time.close();
    }

    private LabConsole start(String policy, String... ports) throws Exception {
        List<PortSpec> specs = new ArrayList<>();
        for (String port : ports) {
            specs.add(PortSpec.parse(port, specs.size() + 1));
        }
        Lab lab = Lab.start(Policies.load(policy), specs, time, evidence);
        opened.add(lab);
        return new LabConsole(lab, new SplittableRandom(1));
    }

    @Test
    void machinesPingAndLogInAndTheTablesShowIt() throws Exception {
        LabConsole console = start("linux-bridge");

        assertThat(console.execute("arp")).containsExactly("empty");
        assertThat(console.execute("ping vm1 vm2"))
                .containsExactly("ping from vm1 to vm2 completed: 3 sent, 3 answered");
        assertThat(console.execute("login vm1 source"))
                .singleElement()
                .asString()
                .startsWith("login from vm1 to source completed");
        assertThat(console.execute("arp vm1"))
                .anyMatch(line -> line.matches(
                        "vm1 +10\\.0\\.0\\.12 +02:00:00:00:01:02 +REACHABLE +0\\.\\d s"));
        assertThat(console.execute("mac"))
                .anyMatch(line -> line.matches("fabric +02:00:00:00:01:01 +vm1 +0\\.\\d s"));
        assertThat(console.execute("counters"))
                .anyMatch(line -> line.matches("vm2 +eth0 +\\d+ in +\\d+ out"));
        assertThat(console.execute("events 1"))
                .singleElement()
                .asString()
                .contains("flow-finished");
    }

    @Test
    void anAttackByHandPoisonsAndPutsBack() throws Exception {
        LabConsole console = start("linux-bridge");
        console.execute("ping vm1 source");

        assertThat(console.execute("attack arp-poisoning by vm2 victims vm1,source"))
                .containsExactly("arp-poisoning has begun");
        assertThat(time.await(() -> isPoisoned(console), Duration.ofSeconds(20)))
                .isTrue();
        assertThat(console.execute("attacks").getFirst())
                .startsWith("arp-poisoning")
                .contains("by vm2", "victims vm1,source");
        assertThat(console.execute("attack arp-poisoning by vm2 victims vm1,source"))
                .containsExactly("error: arp-poisoning is under way already");
        assertThat(console.execute("stop arp-poisoning"))
                .containsExactly("arp-poisoning has ended");
        assertThat(isPoisoned(console)).isFalse();
    }

    private static boolean isPoisoned(LabConsole console) {
        return console.execute("arp vm1").stream()
                .anyMatch(line -> line.contains("10.0.0.1 ") && line.contains("02:00:00:00:01:02"));
    }

    @Test
    void whoIsAtASocketMeetsTheMachinesAndCanBeAimedAt() throws Exception {
        Path socket = folder.resolve("s");
        LabConsole console =
                start("linux-bridge", "unix:" + socket + ",mac=" + OWN + ",ip=10.0.0.99");
        List<ArpPacket> heard = new ArrayList<>();
        try (StreamWire outsider = StreamWire.connect(time, socket)) {
            outsider.attach((buffer, offset, length) -> ArpPacket.inFrame(
                            Arrays.copyOfRange(buffer, offset, offset + length))
                    .ifPresent(heard::add));
            MacAddress own = MacAddress.parse(OWN);
            byte[] question = ArpPacket.request(
                            own, Ipv4Address.parse("10.0.0.99"), Ipv4Address.parse("10.0.0.11"))
                    .toFrame(MacAddress.BROADCAST, own);
            outsider.accept(question, 0, question.length);

            assertThat(time.await(
                            () -> heard.stream()
                                    .anyMatch(arp -> arp.operation() == ArpPacket.Operation.REPLY),
                            Duration.ofSeconds(20)))
                    .isTrue();
            assertThat(console.execute("ping vm1 port1"))
                    .as("the outsider answers no echo")
                    .singleElement()
                    .asString()
                    .startsWith("ping from vm1 to port1 failed: 3 sent, 0 answered");
            assertThat(console.execute("machines").getLast())
                    .startsWith("port1")
                    .contains("10.0.0.99", OWN, "a guest's port");
            assertThat(console.execute("promiscuous port1 on").getFirst()).startsWith("port1 asks");
            assertThat(console.execute("machines").getLast()).endsWith("promiscuous");
        }
    }

    @Test
    void aCutCableStopsTheMachine() throws Exception {
        LabConsole console = start("linux-bridge");
        console.execute("cable vm2 off");
        assertThat(console.execute("ping vm1 vm2").getFirst()).contains("failed");
        console.execute("cable vm2 on");
        assertThat(time.await(
                        () -> console.execute("ping vm1 vm2").getFirst().contains("completed"),
                        Duration.ofSeconds(20)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "dance|no command 'dance'; 'help' lists them",
                "arp vm7|the emulated host has no machine 'vm7'",
                "arp vm1 vm2|use: arp [MACHINE]",
                "ping vm1|use: ping A B",
                "ping vm1 vm1|'vm1' is both ends",
                "ping vm1 port9|the emulated host has no machine 'port9'",
                "promiscuous vm1 maybe|'maybe' is neither on nor off",
                "events many|'many' is not a number of events",
                "stop arp-poisoning|arp-poisoning is not under way",
                "attack dance by vm1|no attack 'dance'; 'attacks' lists them",
                "attack arp-poisoning by vm2|arp-poisoning takes from 2 to 2 victims, not 0",
                "attack arp-poisoning victims vm1,vm2|arp-poisoning needs 'by MACHINE'",
                "attack arp-poisoning by|nothing stands behind 'by'",
                "attack arp-poisoning by vm2 victims vm1,source speed=9|has no setting 'speed'",
                "attack arp-poisoning by vm1 victims vm1,source|victim",
                "attack mac-flooding by vm2 frames=-1|frames '-1' is not a whole number from",
                "attack disk-scan by vm1|disk",
            })
    void whatIsWrongIsRefusedByName(String command, String message) throws Exception {
        LabConsole console = start("linux-bridge");

        assertThat(console.execute(command))
                .singleElement()
                .asString()
                .startsWith("error: ")
                .contains(message);
        assertThat(console.execute("attacks")).noneMatch(line -> line.contains("under way"));
    }

    @Test
    void emptyLinesAndCommentsDoNothingAndLongLinesAreRefused() throws Exception {
        LabConsole console = start("linux-bridge");
        assertThat(console.execute("  ")).isEmpty();
        assertThat(console.execute("# ping")).isEmpty();
        assertThat(console.execute("arp " + "x".repeat(LabConsole.MAXIMUM_LINE)).getFirst())
                .startsWith("error: the line has more than");
    }

    @Test
    void quitEndsAndAttacksEndWithIt() throws Exception {
        LabConsole console = start("linux-bridge");
        console.execute("attack promiscuous-capture by vm2");
        assertThat(console.finished()).isFalse();
        assertThat(console.execute("quit")).isEmpty();
        assertThat(console.finished()).isTrue();
        assertThat(console.execute("stop promiscuous-capture").getFirst())
                .contains("is not under way");
    }

    @Test
    void completionsFollowTheCommand() throws Exception {
        LabConsole console = start("linux-bridge", "unix:" + folder.resolve("s"));
        assertThat(console.completions(List.of())).contains("machines", "quit");
        assertThat(console.completions(List.of("ping"))).doesNotContain("port1").contains("vm1");
        assertThat(console.completions(List.of("ping", "vm1"))).contains("port1");
        assertThat(console.completions(List.of("attack"))).contains("arp-poisoning");
        assertThat(console.completions(List.of("attack", "arp-poisoning"))).contains("by");
        assertThat(console.completions(List.of("attack", "arp-poisoning", "by")))
                .contains("vm2");
        assertThat(console.completions(List.of("dance"))).isEmpty();
    }

    @Test
    void aPortThatCannotBeOpenedLeavesNothingBehind() {
        Path socket = folder.resolve("s");
        assertThatThrownBy(() -> start("linux-bridge", "unix:" + socket, "connect:/nowhere/t"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("/nowhere/t");
        assertThat(Files.exists(socket)).isFalse();
    }
}
