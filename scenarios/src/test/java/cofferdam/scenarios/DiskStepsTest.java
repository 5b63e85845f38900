package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The steps of scenario files that are about disks. */
class DiskStepsTest {

    private static final String HEAD = """
            scenario: s
            summary: one line
            properties: [{property: image-integrity, subject: [vm1], observer: host}]
            """;

    @Test
    void everyDiskStepIsReadAndWritten() throws InvalidFileException {
        Scenario scenario = parse("""
                disks: {vm1: 2MiB, vm2: 64MiB}
                steps:
                  - power: {machine: vm1, on: false}
                  - power: {machine: vm1, on: true}
                  - save: {machine: vm1, file: /home/alice/notes.txt}
                  - read: {machine: vm1, file: /a/b/c/d/e/f/g/_h-1.x}
                  - erase: {machine: vm2, file: /notes}
                  - attach: {machine: vm2, size: 3MiB}
                  - snapshot: {machine: vm2, name: before-clean-up}
                  - delete-snapshot: {machine: vm2, name: before-clean-up}
                  - release: {machine: vm2}
                """);

        assertThat(scenario.disks()).isEqualTo(Map.of("vm1", 2L << 20, "vm2", 64L << 20));
        assertThat(scenario.steps())
                .containsExactly(
                        new Step.SetPower("vm1", false),
                        new Step.SetPower("vm1", true),
                        new Step.Save("vm1", "/home/alice/notes.txt"),
                        new Step.ReadFile("vm1", "/a/b/c/d/e/f/g/_h-1.x"),
                        new Step.Erase("vm2", "/notes"),
                        new Step.Attach("vm2", 3L << 20),
                        new Step.TakeSnapshot("vm2", "before-clean-up"),
                        new Step.DeleteSnapshot("vm2", "before-clean-up"),
                        new Step.Release("vm2"));
        String written = ScenarioFile.write(scenario);
        Scenario again = ScenarioFile.parse(
                "s.yaml", written.getBytes(StandardCharsets.UTF_8), FakeAttack.VOCABULARY);
        assertThat(again).isEqualTo(scenario);
        assertThat(ScenarioFile.write(again)).isEqualTo(written);
    }

    @Test
    void everyDiskStepSaysInWordsWhatItDoesAndTakesNoTime() {
        List<Step> steps = List.of(
                new Step.SetPower("vm1", false),
                new Step.SetPower("vm1", true),
                new Step.Save("vm1", "/notes"),
                new Step.ReadFile("vm1", "/notes"),
                new Step.Erase("vm1", "/notes"),
                new Step.Attach("vm2", 3L << 20),
                new Step.TakeSnapshot("vm2", "first"),
                new Step.DeleteSnapshot("vm2", "first"),
                new Step.Release("vm2"));
        assertThat(steps)
                .allSatisfy(step -> assertThat(step.shortest()).isZero())
                .extracting(Step::words)
                .containsExactly(
                        "switch vm1 off",
                        "switch vm1 on",
                        "vm1 saves /notes",
                        "vm1 reads /notes",
                        "vm1 erases /notes",
                        "give vm2 a new disk of 3MiB",
                        "take snapshot first of vm2",
                        "delete snapshot first of vm2",
                        "delete the disk of vm2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'steps: [{save: {machine: vm1, file: /n}}]' | s.yaml:4:9: steps need a disk of 'vm1', which has none at this point
            'steps: [{power: {machine: host, on: true}}]' | s.yaml:4:9: steps need a disk of 'host', which has none at this point
            'steps: [{attach: {machine: vm1, size: 2MiB}}, {release: {machine: vm1}}, {read: {machine: vm1, file: /n}}]' | s.yaml:4:74: steps need a disk of 'vm1', which has none at this point
            'steps: [{release: {machine: vm2}}]' | s.yaml:4:9: steps need a disk of 'vm2', which has none at this point
            'steps: [{snapshot: {machine: vm2, name: a}}]' | s.yaml:4:9: steps need a disk of 'vm2', which has none at this point
            'steps: [{attach: {machine: host, size: 2MiB}}]' | s.yaml:4:9: steps give a disk to 'host', which cannot have one
            'steps: [{attach: {machine: vm3, size: 2MiB}}]' | s.yaml:4:9: steps give a disk to 'vm3', which cannot have one
            'steps: [{attach: {machine: vm1, size: 1MiB}}]' | s.yaml:4:39: steps.attach.size '1MiB' is not from 2MiB to 64MiB
            'steps: [{attach: {machine: vm1, size: 65MiB}}]' | s.yaml:4:39: steps.attach.size '65MiB' is not from 2MiB to 64MiB
            'steps: [{attach: {machine: vm1, size: 4194304}}]' | s.yaml:4:39: steps.attach.size '4194304' is not a size such as 4MiB
            'steps: [{attach: {machine: vm1}}]' | s.yaml:4:18: missing key 'size' in steps.attach
            'steps: [{power: {machine: vm1, on: yes}}]' | s.yaml:4:36: steps.power.on 'yes' is not true or false
            'steps: [{snapshot: {machine: vm1, name: A/b}}]' | s.yaml:4:41: steps.snapshot.name 'A/b' is not a name of at most 64 lower-case letters, digits, '.' and '-'
            'disks: {host: 2MiB}' | s.yaml:4:9: unknown key 'host' in disks, known are vm1, vm2
            'disks: {vm1: 3GiB}' | s.yaml:4:14: disks.vm1 '3GiB' is not a size such as 4MiB
            'steps: [{start: {attack: image-tampering, by: host, victims: [vm1], settings: {target: heder}}}]' | s.yaml:4:88: steps.start.settings.target 'heder' is not one of file-data, metadata, header, length, roll-back; did you mean 'header'?
            'steps: [{start: {attack: image-copy, by: host}}]' | s.yaml:4:17: start has 0 victims, image-copy takes from 1 to 1
            """)
    void wrongStepsAreReportedWhereTheyStand(String text, String problem) {
        assertThat(problemsOf(text).getFirst()).isEqualTo(problem.replace("''", "'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes",
                "/",
                "//notes",
                "/notes/",
                "/../etc/passwd",
                "/a/./b",
                "/.hidden",
                "/a b",
                "/a\\\\b",
                "/1/2/3/4/5/6/7/8/9"
            })
    void aPathThatIsNotPlainIsReported(String path) {
        String text = "disks: {vm1: 2MiB}\nsteps: [{save: {machine: vm1, file: \"%s\"}}]\n";
        assertThat(problemsOf(text.formatted(path)))
                .singleElement()
                .asString()
                .startsWith("s.yaml:5:37: steps.save.file ")
                .endsWith("is not an absolute path of letters, digits, '.', '_' and '-'");
    }

    private static Scenario parse(String text) throws InvalidFileException {
        byte[] bytes = (HEAD + text).getBytes(StandardCharsets.UTF_8);
        return ScenarioFile.parse("s.yaml", bytes, FakeAttack.VOCABULARY);
    }

    private static List<String> problemsOf(String text) {
        InvalidFileException thrown =
                catchThrowableOfType(InvalidFileException.class, () -> parse(text));
        return thrown == null
                ? List.of()
                : thrown.problems().stream()
                        .map(Problem::toString)
                        .filter(problem -> !problem.contains("missing key 'steps'"))
                        .toList();
    }
}
