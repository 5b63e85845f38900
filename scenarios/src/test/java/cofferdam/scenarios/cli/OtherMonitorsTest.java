package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.DriverOptions;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.PolicyChange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Monitors that do not repeat, do not work here, or fail. */
class OtherMonitorsTest {

    private static final String SENTENCE =
            "monitor fake is no security boundary: Its makers call it no security boundary. (its manual)";
    private static final StubbornMonitor FAKE = StubbornMonitor.with("fake");
    private static final StubbornMonitor ABSENT = new StubbornMonitor(
            "absent",
            List.of(),
            List.of(),
            Optional.of("qemu-system-x86_64 is missing; apt install qemu-system-x86"),
            false);
    private static final StubbornMonitor BROKEN =
            new StubbornMonitor("broken", List.of(), List.of(), Optional.empty(), true);

    /** With this the guests' interface shows an attacker what is not meant for it. */
    private static final PolicyChange ACCEPTS = new PolicyChange("network.promiscuous", "accept");

    @TempDir
    Path folder;

    private String out;

    private Program.Finished run(String... arguments) {
        return Program.run(
                options -> List.of(Monitors.all().getFirst(), FAKE, ABSENT, BROKEN), arguments);
    }

    private Program.Finished onFake(String... more) {
        out = folder.resolve("out").toString();
        List<String> arguments =
                new ArrayList<>(List.of("run", "promiscuous-capture", "--monitor", "fake"));
        arguments.addAll(List.of("--policy", "esx-1.5.2", "--out", out));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void monitorsAreListedWithWhatTheyAreGoodFor() {
        assertThat(run("list", "monitors").out())
                .contains("emulated  the built-in host")
                .contains("          works here")
                .contains(
                        "          does not work here: qemu-system-x86_64 is missing; apt install")
                .contains(
                        "          no security boundary: Its makers call it no security boundary.")
                .contains("          a model, no product: ");
        JsonNode list = new JsonMapper()
                .readTree(run("list", "monitors", "--format", "json").out());
        assertThat(list.at("/0/works").asBoolean()).isTrue();
        assertThat(list.at("/0/repeatable").asBoolean()).isTrue();
        assertThat(list.at("/1/securitySupport/claim").asString()).isEqualTo("no-boundary");
        assertThat(list.at("/2/works").asBoolean()).isFalse();
        assertThat(list.at("/2/reason").asString()).contains("apt install");
        assertThat(run("list", "monitors", "--format", "markdown").out())
                .contains("| absent | a fake | does not work here");
    }

    @Test
    void aMonitorThatDoesNotWorkHereIsOneError() {
        Program.Finished finished = run("run", "--monitor", "absent");
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err())
                .isEqualTo("cofferdam: monitor 'absent' does not work here: qemu-system-x86_64 is"
                        + " missing; apt install qemu-system-x86\n");
    }

    @Test
    void everyDocumentSaysThatTheMonitorIsNoBoundary() throws Exception {
        assertThat(onFake().out())
                .contains(SENTENCE)
                .contains("--seed 1 fixes what Cofferdam chooses, not what real guests do");
        JsonNode summary =
                new JsonMapper().readTree(Files.readAllBytes(Path.of(out, "summary.json")));
        assertThat(summary.at("/runs/0/securitySupport/statement").asString())
                .isEqualTo(StubbornMonitor.SUPPORT.statement());
        assertThat(Files.readString(Path.of(out, "junit.xml"))).contains(SENTENCE);
        assertThat(onFake("--format", "markdown").out()).contains("no security boundary&#58;");
        assertThat(onFake("--format", "sarif").out()).doesNotContain("securitySupport");
        assertThat(onFake("--format", "json").out()).contains("\"claim\" : \"no-boundary\"");
        assertThat(onFake("--quiet").out()).contains(SENTENCE).doesNotContain("--seed 1");
        Path page = folder.resolve("page.html");
        assertThat(run("report", out, "--out", page.toString()).exitCode()).isZero();
        assertThat(Files.readString(page).contains("Monitor fake is no security boundary: "))
                .isTrue();
    }

    @Test
    void anotherMachineVerifiesWithoutTheMonitor() {
        assertThat(onFake().exitCode()).isZero();
        Program.Finished verified = Program.run("verify", out);
        assertThat(verified.exitCode()).as(verified.out()).isZero();
    }

    @Test
    void theEmulatedHostIsCalledAModelOnlyWhereMonitorsAreListed() {
        out = folder.resolve("out").toString();
        assertThat(run("run", "promiscuous-capture", "--policy", "physical", "--out", out)
                        .out())
                .doesNotContain("boundary:")
                .doesNotContain("--seed");
    }

    @Test
    void withNothingNamedRealGuestsRunTheCoreWithoutExpectations() {
        out = folder.resolve("out").toString();
        JsonNode runs = new JsonMapper()
                .readTree(run("run", "--monitor", "fake", "--out", out, "--format", "json")
                        .out())
                .path("runs");
        assertThat(runs.valueStream().map(run -> run.path("policy").asString()))
                .containsOnly("esx-1.5.2", "virtual-server-1.0");
        assertThat(runs.valueStream().map(run -> run.path("scenario").asString()))
                .contains("image-string-search")
                .doesNotContain("vlan-hopping");
        assertThat(runs.toString()).doesNotContain("\"expected\"");
    }

    @Test
    void anErrorOfTheMachineEndsOneRunAndIsSaid() throws Exception {
        out = folder.resolve("out").toString();
        Program.Finished finished = run(
                "run",
                "promiscuous-capture",
                "--monitor",
                "broken",
                "--policy",
                "physical",
                "--policy",
                "esx-1.5.2",
                "--out",
                out);
        assertThat(finished.exitCode()).isEqualTo(3);
        assertThat(finished.out())
                .contains("ERROR")
                .contains("the testbed failed: java.lang.LinkageError: no such library");
        assertThat(Program.run("verify", out).exitCode()).isZero();
    }

    @Test
    void comparingNeedsRunsThatRepeat() {
        Program.Finished finished = run("compare", "--monitor", "fake");
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err())
                .isEqualTo("cofferdam: compare finds reasons by running again, for which runs must"
                        + " repeat exactly; those on monitor 'fake' do not: 'run' gives its"
                        + " matrix\n");
    }

    @Test
    void jobsHaveALimit() {
        for (String wrong : List.of("0", "65", "-1")) {
            Program.Finished finished = run("run", "--jobs", wrong);
            assertThat(finished.exitCode()).isEqualTo(2);
            assertThat(finished.err())
                    .isEqualTo("cofferdam: --jobs %s is not from 1 to 64%n".formatted(wrong));
        }
        assertThat(onFake("--jobs", "64").exitCode()).isZero();
    }

    @Test
    void theKernelReachesTheMonitors() throws Exception {
        Path kernel = Files.createFile(folder.resolve("vmlinuz"));
        List<DriverOptions> given = new ArrayList<>();
        MonitorSource source = options -> {
            given.add(options);
            return List.<Monitor>of(FAKE);
        };
        Program.run(
                source,
                "run",
                "promiscuous-capture",
                "--monitor",
                "fake",
                "--policy",
                "esx-1.5.2",
                "--out",
                folder.resolve("out").toString(),
                "--kernel",
                kernel.toString(),
                "--modules",
                folder.toString());
        assertThat(given)
                .containsExactly(new DriverOptions(Optional.of(kernel), Optional.of(folder)));
        assertThat(run("run", "--kernel", folder.resolve("none").toString(), "--modules", "none")
                        .err())
                .contains("--kernel '")
                .contains("' cannot be read")
                .contains("--modules 'none' is no folder");
    }

    @Test
    void monitorsThatDoTheSameAgree() {
        Program.Finished finished = run(
                "agree",
                "promiscuous-capture",
                "--policy",
                "esx-1.5.2",
                "--monitor",
                "emulated",
                "--monitor",
                "fake");
        assertThat(finished.exitCode()).as(finished.out()).isZero();
        assertThat(finished.out())
                .contains("2 of 2 verdicts are the same on all monitors")
                .contains(SENTENCE);
    }

    private Program.Finished agree(StubbornMonitor other, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "agree", "promiscuous-capture", "--policy", "esx-1.5.2", "--monitor", "emulated"));
        arguments.addAll(List.of("--monitor", other.name()));
        arguments.addAll(List.of(more));
        return Program.run(
                options -> List.of(Monitors.all().getFirst(), other),
                arguments.toArray(String[]::new));
    }

    @Test
    void aSettingThatIsNotEnforcedIsTriedOnTheModel() {
        StubbornMonitor hub = StubbornMonitor.with("hub", ACCEPTS);
        Program.Finished finished = agree(hub);
        assertThat(finished.exitCode()).as(finished.out()).isZero();
        assertThat(finished.out())
                .contains("(1) hub does not enforce network.promiscuous (accept); with"
                        + " network.promiscuous: accept the model gives violated too");
    }

    @Test
    void aDifferenceWithoutACauseIsUnexplained() {
        StubbornMonitor silent = StubbornMonitor.with("hub", ACCEPTS).saying();
        Program.Finished finished = agree(silent);
        assertThat(finished.exitCode()).isEqualTo(3);
        assertThat(finished.out()).contains("(1) unexplained");
    }

    @Test
    void aSettingThatChangesNothingExplainsNothing() {
        StubbornMonitor liar = StubbornMonitor.with("hub", ACCEPTS)
                .saying(
                        new PolicyChange("network.arp-inspection", "off"),
                        new PolicyChange("disk.encryption", "none"));
        Program.Finished finished = agree(liar, "--format", "json");
        assertThat(finished.exitCode()).isEqualTo(3);
        JsonNode document = new JsonMapper().readTree(finished.out());
        assertThat(document.at("/summary/unexplained").asInt()).isPositive();
        assertThat(document.at("/rows").toString())
                .contains("unexplained; not enforced, but no other value gives this verdict:"
                        + " network.arp-inspection on hub, disk.encryption on hub");
    }

    @Test
    void whatCannotBeTriedIsASuspicion() {
        StubbornMonitor odd = StubbornMonitor.with("hub", ACCEPTS)
                .saying(new PolicyChange("network.unheard-of", "something"));
        Program.Finished finished = agree(odd, "--format", "markdown");
        assertThat(finished.exitCode()).isEqualTo(3);
        assertThat(finished.out())
                .contains("unexplained; not enforced, and nothing to try it with:"
                        + " network.unheard-of on hub")
                .contains("| scenario | property | policy | emulated | hub | same |");
    }

    @Test
    void aTestbedThatFailsDecidesNothing() {
        Program.Finished finished = run(
                "agree",
                "promiscuous-capture",
                "--policy",
                "esx-1.5.2",
                "--monitor",
                "emulated",
                "--monitor",
                "broken");
        assertThat(finished.exitCode()).isEqualTo(3);
        assertThat(finished.out())
                .contains("broken decides nothing: the testbed failed: java.lang.LinkageError");
    }

    @Test
    void agreeKeepsTheEvidenceOfAllMonitorsInOneBundle() throws Exception {
        Path bundle = folder.resolve("agreed");
        StubbornMonitor hub = StubbornMonitor.with("hub", ACCEPTS);
        assertThat(agree(hub, "--out", bundle.toString()).out()).contains("evidence: " + bundle);
        assertThat(bundle.resolve("promiscuous-capture/esx-1.5.2/hub/seed-1/events.jsonl"))
                .content()
                .contains("setting-not-enforced");
        assertThat(Program.run("verify", bundle.toString()).exitCode()).isZero();
        Path page = folder.resolve("page.html");
        Program.run("report", bundle.toString(), "--out", page.toString());
        String html = Files.readString(page);
        assertThat(html.contains("esx-1.5.2 on hub")).isTrue();
        assertThat(html.contains("setting-not-enforced")).isTrue();
    }

    @Test
    void agreeTakesTwoMonitors() {
        Program.Finished finished = run("agree", "--monitor", "fake", "--monitor", "fake");
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err())
                .isEqualTo("cofferdam: agree takes two monitors at least; there is 'fake' alone\n");
        assertThat(run("agree", "--monitor", "emulated", "--monitor", "absent").err())
                .contains("monitor 'absent' does not work here");
    }
}
