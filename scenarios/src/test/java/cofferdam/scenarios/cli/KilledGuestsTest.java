package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.SecuritySupport;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Real guests whose process is killed in the middle of a scenario. */
class KilledGuestsTest {

    private static final String POLICY = "esx-1.5.2";
    private static final String SHARED = "virtual-server-1.0";

    @TempDir
    Path folder;

    /**
     * User-mode Linux, where a guest of the first host is killed a while after all were up.
     *
     * @param victim the guest's name
     */
    private static final class Sabotaged implements Monitor {

        private final Monitor real;
        private final String victim;
        private final Duration delay;
        private boolean done;

        Sabotaged(Monitor real, String victim, Duration delay) {
            this.real = real;
            this.victim = victim;
            this.delay = delay;
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public String summary() {
            return real.summary();
        }

        @Override
        public SecuritySupport securitySupport() {
            return real.securitySupport();
        }

        @Override
        public Optional<String> unavailable() {
            return real.unavailable();
        }

        @Override
        public boolean repeatable() {
            return real.repeatable();
        }

        @Override
        public Host start(HostSetup setup) throws RefusedSetupException {
            Host host = real.start(setup);
            if (!done) {
                done = true;
                host.timeline().after(delay, this::kill);
            }
            return host;
        }

        private void kill() {
            List<ProcessHandle> found = ProcessHandle.current()
                    .descendants()
                    .filter(child ->
                            child.info().commandLine().orElse("").contains(" umid=" + victim + " "))
                    .toList();
            assertThat(found).isNotEmpty();
            found.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @ParameterizedTest
    @CsvSource({"vm1, 0", "vm2, 0", "vm1, 300", "vm2, 300"})
    void nothingIsUpheldOfAGuestThatWasKilledAndTheNextRunIsUnharmed(String victim, long delay)
            throws Exception {
        Monitor uml = userModeLinux();
        Sabotaged monitor = new Sabotaged(uml, victim, Duration.ofMillis(delay));

        Program.Finished finished = Program.run(
                options -> List.of(Monitors.all().getFirst(), monitor),
                "run",
                "promiscuous-capture",
                "--monitor",
                "uml",
                "--policy",
                POLICY,
                "--policy",
                SHARED,
                "--jobs",
                "1",
                "--format",
                "json",
                "--out",
                folder.resolve("out").toString());

        assertThat(finished.exitCode()).as(finished.err()).isIn(1, 3);
        JsonNode runs = JsonMapper.shared().readTree(finished.out()).path("runs");
        assertThat(verdict(runs.get(0), "traffic-confidentiality")).isIn("inconclusive", "error");
        if (victim.equals("vm1")) {
            assertThat(verdict(runs.get(0), "connectivity")).isIn("inconclusive", "error");
        }
        assertThat(runs.get(1).path("policy").asString()).isEqualTo(SHARED);
        assertThat(verdict(runs.get(1), "traffic-confidentiality")).isEqualTo("violated");
        assertThat(verdict(runs.get(1), "connectivity")).isEqualTo("upheld");
        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(child -> child.info().commandLine().orElse("").contains("umid=")))
                .isEmpty();
    }

    @Test
    void theSabotageAloneDoesNotMakeTheVerdict() {
        Monitor uml = userModeLinux();
        Program.Finished finished = Program.run(
                options -> List.of(
                        Monitors.all().getFirst(), new Sabotaged(uml, "vm1", Duration.ofHours(1))),
                "run",
                "promiscuous-capture",
                "--monitor",
                "uml",
                "--policy",
                POLICY,
                "--out",
                folder.resolve("out").toString());

        assertThat(finished.exitCode()).as(finished.out()).isZero();
    }

    private static String verdict(JsonNode run, String property) {
        for (JsonNode judged : run.path("properties")) {
            if (judged.path("property").asString().equals(property)) {
                return judged.path("verdict").asString();
            }
        }
        throw new AssertionError("no property " + property);
    }

    private static Monitor userModeLinux() {
        Monitor uml = Monitors.named("uml").orElseThrow();
        uml.unavailable().ifPresent(reason -> {
            assertThat(System.getenv("COFFERDAM_REQUIRE_TOOLS")).as(reason).isNull();
            Assumptions.abort(reason);
        });
        return uml;
    }
}
