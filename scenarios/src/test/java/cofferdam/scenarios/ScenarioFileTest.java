package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cofferdam.attacks.SettingValues;
import cofferdam.monitor.Endpoint.Way;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class ScenarioFileTest {

    private static final String HEAD = """
            scenario: s
            summary: one line
            properties: [{property: connectivity, subject: [vm1, source]}]
            """;

    private static Scenario parse(String text) throws InvalidFileException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ScenarioFile.parse("s.yaml", bytes, FakeAttack.VOCABULARY);
    }

    private static List<String> problemsOf(String text) {
        InvalidFileException thrown =
                catchThrowableOfType(InvalidFileException.class, () -> parse(text));
        return thrown == null
                ? List.of()
                : thrown.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void everyKeyIsRead() throws InvalidFileException {
        Scenario scenario = parse("""
                        scenario: all
                        summary: every key
                        standards: [FDP_VNC_EXT.1]
                        ipv6: true
                        dhcp: true
                        networks: {vm1: 10}
                        properties:
                          - {property: traffic-confidentiality, subject: [vm1, source], observer: vm2}
                        disks: {vm1: 4MiB}
                        links: {delay: 1ms, loss: 0.5%}
                        limit: 10s
                        steps:
                          - probe: {from: source, to: vm2, over: routed-ipv6, count: 2, interval: 20ms}
                          - ping: {from: vm1, to: source}
                          - start: {attack: mac-flooding, by: vm2, victims: [vm1], settings: {frames: 7}}
                          - lease: {machine: vm1, server: source}
                          - login: {from: source, to: vm1}
                          - wait: 2s
                          - cable: {machine: source, connected: false}
                          - stop: mac-flooding
                        """);
        var settings = new SettingValues(
                Map.of("frames", 7),
                Map.of("interval", Duration.ofSeconds(1), "refresh", Duration.ofSeconds(1)),
                Map.of());
        assertThat(scenario)
                .isEqualTo(new Scenario(
                        "all",
                        "every key",
                        List.of("FDP_VNC_EXT.1"),
                        List.of(new PropertyCheck(
                                "traffic-confidentiality", List.of("vm1", "source"), "vm2")),
                        new TreeMap<>(Map.of("vm1", 4L << 20)),
                        MemorySetup.NONE,
                        new NetworkSetup(true, true, new TreeMap<>(Map.of("vm1", 10))),
                        new Wiring(Duration.ofMillis(1), 0.005),
                        Duration.ofSeconds(10),
                        List.of(
                                new Step.Probe(
                                        "source", "vm2", Way.ROUTED_IPV6, 2, Duration.ofMillis(20)),
                                new Step.Ping("vm1", "source", Way.IPV4, 1, Duration.ofMillis(10)),
                                new Step.Start(
                                        "mac-flooding",
                                        "vm2",
                                        Optional.empty(),
                                        List.of("vm1"),
                                        settings),
                                new Step.Lease("vm1", "source"),
                                new Step.Login("source", "vm1"),
                                new Step.Wait(Duration.ofSeconds(2)),
                                new Step.SetCable("source", false),
                                new Step.Stop("mac-flooding"))));
        String written = ScenarioFile.write(scenario);
        assertThat(parse(written)).isEqualTo(scenario);
        assertThat(ScenarioFile.write(parse(written))).isEqualTo(written);
    }

    @Test
    void cablesAndLimitHavePresets() throws InvalidFileException {
        Scenario scenario = parse(HEAD + "steps: [{wait: 1s}]");
        assertThat(scenario.links()).isEqualTo(Wiring.LOCAL);
        assertThat(scenario.limit()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whatIsWrittenIsResolved() throws InvalidFileException {
        String text = HEAD + """
                        steps:
                          - start: {attack: arp-poisoning, by: vm2, victims: [vm1, source]}
                          - probe: {from: vm1, to: source}
                        """;
        assertThat(ScenarioFile.write(parse(text))).isEqualTo("""
                        scenario: s
                        summary: one line
                        properties:
                        - property: connectivity
                          subject:
                          - vm1
                          - source
                        links:
                          delay: 20us
                          loss: 0%
                        limit: 1m
                        steps:
                        - start:
                            attack: arp-poisoning
                            by: vm2
                            victims:
                            - vm1
                            - source
                            settings:
                              frames: 100
                              interval: 1s
                        - probe:
                            from: vm1
                            to: source
                            count: 1
                            interval: 10ms
                        """);
    }

    @Test
    void anAttackMayBeLeftRunningAndBeginAgainAfterItsEnd() {
        String start = "{start: {attack: host-capture, by: host}}";
        String steps = "steps: [%s, {stop: host-capture}, %s]".formatted(start, start);
        assertThat(problemsOf(HEAD + steps)).isEmpty();
    }

    @Test
    void everyProblemIsReportedAtOnceInTheOrderOfTheFile() {
        String text = """
                scenario: s
                properties:
                  - {property: trafic-confidentiality, subject: [vm1, source]}
                  - {property: traffic-confidentiality, subject: [vm1, source]}
                  - {property: traffic-confidentiality, subject: [vm1, vm2], observer: vm2}
                  - {property: connectivity, subject: [vm1, vm1], observer: host}
                links: {delay: 11s, loss: 200%}
                limit: 2h
                steps:
                  - probe: {from: vmx, to: vm1, count: 0, interval: 0s}
                  - login: {from: vm1, to: vm1}
                  - start: {attack: arp-poisoning, by: vm2, victims: [vm2], settings: {frame: 5}}
                  - start: {attack: arp-poisonin, by: vm2}
                  - stop: mac-flooding
                  - dance: now
                  - {wait: 1s, stop: arp-poisoning}
                """;
        assertThat(problemsOf(text))
                .containsExactly(
                        "s.yaml:1:1: missing key 'summary'",
                        "s.yaml:3:16: properties.property 'trafic-confidentiality' is not one of "
                                + String.join(", ", FakeAttack.VOCABULARY.properties())
                                + "; did you mean 'traffic-confidentiality'?",
                        "s.yaml:4:5: missing key 'observer' in properties",
                        "s.yaml:5:72: properties.observer 'vm2' is one of the subject",
                        "s.yaml:6:45: properties.subject names 'vm1' twice",
                        "s.yaml:6:61: properties.observer has no meaning for connectivity",
                        "s.yaml:7:16: links.delay '11s' is not from 0s to 10s",
                        "s.yaml:7:27: links.loss '200%' is not a fraction from 0 to 1, such as"
                                + " 0.01 or 1%",
                        "s.yaml:8:8: limit '2h' is not from 1ms to 1h",
                        "s.yaml:10:19: steps.probe.from 'vmx' is not one of "
                                + String.join(", ", Vocabulary.MACHINES) + "; did you mean 'vm1'?",
                        "s.yaml:10:40: steps.probe.count '0' is not a whole number from 1 to 10000",
                        "s.yaml:10:53: steps.probe.interval '0s' is not from 1us to 1h",
                        "s.yaml:11:28: steps.login.to 'vm1' is from too",
                        "s.yaml:12:54: steps.start.victims include the attacker 'vm2'",
                        "s.yaml:12:54: start has 1 victims, arp-poisoning takes from 2 to 2",
                        "s.yaml:12:72: unknown key 'frame' in steps.start.settings, known are"
                                + " frames, interval; did you mean 'frames'?",
                        "s.yaml:13:21: steps.start.attack 'arp-poisonin' is not one of "
                                + String.join(
                                        ", ",
                                        FakeAttack.VOCABULARY.attackWords().all())
                                + "; did you mean 'arp-poisoning'?",
                        "s.yaml:14:5: steps stop 'mac-flooding', which is not under way",
                        "s.yaml:15:5: unknown key 'dance' in steps, known are probe, ping, login, lease,"
                                + " start, stop, wait, cable, power, save, read, erase, attach, release,"
                                + " snapshot, delete-snapshot, remember, recall, forget, hold, reclaim,"
                                + " load",
                        "s.yaml:16:5: steps has a step with 2 keys, not one of probe, ping, login, lease,"
                                + " start, stop, wait, cable, power, save, read, erase, attach, release,"
                                + " snapshot, delete-snapshot, remember, recall, forget, hold, reclaim,"
                                + " load");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'steps: []' | s.yaml:4:8: steps has 0 values, not from 1 to 1000
            'limit: 1s' | s.yaml:1:1: missing key 'steps'
            'steps: [wait]' | s.yaml:4:9: steps is 'wait', not a mapping
            'steps: [{}]' | s.yaml:4:9: steps has a step with 0 keys, not one of probe, ping, login, lease, start, stop, wait, cable, power, save, read, erase, attach, release, snapshot, delete-snapshot, remember, recall, forget, hold, reclaim, load
            'steps: [{wait: }]' | s.yaml:4:15: steps.wait has no value
            'steps: [{wait: 61m}]' | s.yaml:4:16: steps.wait '61m' is not from 1us to 1h
            'steps: [{wait: 61s}]' | s.yaml:4:9: steps has a step that takes 61s, longer than the limit of 1m
            'steps: [{cable: {machine: vm1}}]' | s.yaml:4:17: missing key 'connected' in steps.cable
            'steps: [{login: {from: vm1}}]' | s.yaml:4:17: missing key 'to' in steps.login
            'steps: [{ping: {from: vm1, to: vm2, count: 101, interval: 1s}}]' | s.yaml:4:9: steps has a step that takes 100s, longer than the limit of 1m
            'steps: [{probe: {from: vm1, to: vm2, count: 10001}}]' | s.yaml:4:45: steps.probe.count '10001' is not a whole number from 1 to 10000
            'steps: [{start: {attack: host-capture, by: host}}, {start: {attack: host-capture, by: vm2}}]' | s.yaml:4:52: steps start 'host-capture', which is under way already
            'steps: [{start: {attack: mac-spoofing, by: vm2}}]' | s.yaml:4:17: start has 0 victims, mac-spoofing takes from 1 to 2
            'steps: [{start: {attack: mac-spoofing, by: vm2, victims: [vm1, source, host]}}]' | s.yaml:4:58: start has 3 victims, mac-spoofing takes from 1 to 2
            'steps: [{start: {attack: mac-flooding, by: vm2, settings: {frames: 100001, interval: 2m}}}]' | s.yaml:4:68: steps.start.settings.frames '100001' is not a whole number from 1 to 100000
            """)
    void wrongStepsAreReported(String steps, String problem) {
        assertThat(problemsOf(HEAD + steps).getFirst()).isEqualTo(problem);
    }

    @Test
    void noPropertiesAndNoStepsAreProblems() {
        assertThat(problemsOf("scenario: s\nsummary: t\nproperties: []\nsteps: []\n"))
                .containsExactly(
                        "s.yaml:3:13: properties has 0 values, not from 1 to 100",
                        "s.yaml:4:8: steps has 0 values, not from 1 to 1000");
    }

    @Test
    void thePropertyIsAskedForOnce() {
        String property = "{property: connectivity, subject: [vm1, source]}";
        String text = "scenario: s\nsummary: t\nproperties: [%s, %s]\nsteps: [{wait: 1s}]\n"
                .formatted(property, property);
        assertThat(problemsOf(text))
                .containsExactly("s.yaml:3:64: properties asks for connectivity twice");
    }

    @Test
    void tooManyStepsAreRefused() {
        String step = "  - wait: 1us\n";
        assertThat(problemsOf(HEAD + "steps:\n" + step.repeat(1000))).isEmpty();
        assertThat(problemsOf(HEAD + "steps:\n" + step.repeat(1001)))
                .containsExactly("s.yaml:5:3: steps has 1001 values, not from 1 to 1000");
    }

    @Test
    void theWholeScriptHasALimitThatIsReportedOnce() {
        String text = HEAD + "limit: 1h\nsteps:\n" + "  - wait: 1h\n".repeat(30);
        assertThat(problemsOf(text))
                .containsExactly(
                        "s.yaml:30:5: steps take 25h together up to this one, longer than 24h");
    }
}
