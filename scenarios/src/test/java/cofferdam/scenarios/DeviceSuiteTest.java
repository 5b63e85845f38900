package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyFile;
import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the kernel of a guest sees on its buses, under policies that differ in their devices. */
class DeviceSuiteTest {

    private static final Monitor EMULATED = Monitors.all().getFirst();

    @ParameterizedTest
    @ValueSource(strings = {"physical", "esx-1.5.2", "virtual-server-1.0", "hardened"})
    void aMachineSeesWhatItWasGivenAndNothingElse(String name) {
        Judgement judgement = judge(policy(name));

        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.UPHELD);
        assertThat(judgement.reason()).startsWith("vm1 read all of its buses and found the ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[vga]",
                "[tulip, buslogic]",
                "[vga, pcnet, tulip, buslogic, ide, floppy, serial]"
            })
    void whateverDevicesItIsGivenTheLookFindsThemAll(String models) throws InvalidFileException {
        Judgement judgement = judge(withDevices("{models: %s}".formatted(models)));

        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void theHostsDevicesThatArePassedThroughAreABreachWithItsLines()
            throws InvalidFileException, EvidenceException {
        ScenarioRunner.Finished finished =
                run("4MiB", withDevices("{models: [vga, pcnet], passthrough: true}"));
        Judgement judgement = finished.judgements().getFirst();
        List<Event> events = EventLog.read(finished.files().get("events.jsonl"));

        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.VIOLATED);
        EventReference evidence = (EventReference) judgement.evidence().getFirst();
        assertThat(evidence.lines())
                .extracting(line -> events.get(line - 1))
                .filteredOn(Event.DeviceFound.class::isInstance)
                .extracting(event -> ((Event.DeviceFound) event).subject())
                .contains("pci 00:0b.0", "port 02f8", "port 0378")
                .doesNotContain("pci 00:10.0", "port 1080");
        assertThat(events)
                .filteredOn(Event.DeviceFound.class::isInstance)
                .extracting(event -> ((Event.DeviceFound) event).subject())
                .contains("memory feb00000-feb20fff");
    }

    @ParameterizedTest
    @CsvSource({"5MiB", "16MiB", "20MiB"})
    void memoryOfAnySizeIsFoundToItsLastByteAndNotBeyond(String size) throws EvidenceException {
        ScenarioRunner.Finished finished = run(size, policy("hardened"));

        assertThat(finished.judgements().getFirst().verdict())
                .as(finished.judgements().getFirst().reason())
                .isEqualTo(Verdict.UPHELD);
        long bytes = Long.parseLong(size.replace("MiB", "")) << 20;
        assertThat(EventLog.read(finished.files().get("events.jsonl")))
                .filteredOn(event -> event instanceof Event.DeviceFound found
                        && found.subject().endsWith("-%08x".formatted(bytes - 1)))
                .hasSize(1);
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(run("4MiB", policy("esx-1.5.2")).files().get("events.jsonl"))
                .isEqualTo(run("4MiB", policy("esx-1.5.2")).files().get("events.jsonl"));
    }

    private static Policy withDevices(String devices) throws InvalidFileException {
        String text = "policy: changed\nbased-on: hardened\ndevices: %s\n".formatted(devices);
        return PolicyFile.parse("changed.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Judgement judge(Policy policy) {
        return run("4MiB", policy).judgements().getFirst();
    }

    private static ScenarioRunner.Finished run(String memory, Policy policy) {
        return ScenarioRunner.run(scenario(memory), policy, EMULATED, 1);
    }

    private static Scenario scenario(String memory) {
        String text = ScenarioFile.write(
                Scenarios.builtIn().named("device-visibility").orElseThrow());
        try {
            return ScenarioFile.parse(
                    "changed.yaml",
                    text.replace("4MiB", memory).getBytes(StandardCharsets.UTF_8),
                    Vocabulary.builtIn());
        } catch (InvalidFileException e) {
            throw new AssertionError(e);
        }
    }

    private static Policy policy(String name) {
        return Policies.builtIn(name).orElseThrow();
    }
}
