package cofferdam.monitor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cofferdam.monitor.Tool;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** However a JVM ends, and whenever: no process and no folder stays. Fifty interruptions in all. */
class InterruptedRunsTest {

    /** In the session, in another one, in another group, and with nothing in the environment. */
    private static final String[] SHELL = {"sh", "-c", """
            sleep 60 &
            setsid sleep 60 &
            bash -mc 'sleep 60 & wait' &
            env -i sh -c 'sleep 60 & wait' "$HOME" &
            wait
            """};

    private static final List<String> SIGNALS = List.of("KILL", "KILL", "TERM", "INT");
    private static final int LATEST_MILLIS = 300;

    /** One in so many is interrupted while it is still starting. */
    private static final int FEW = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path parent;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void noOrphanAfterThirtyInterruptedRunsOfShells() throws Exception {
        interrupt(30, SHELL);
    }

    @Test
    void noOrphanAfterTenInterruptedRunsOfQemu() throws Exception {
        String program = Tool.named("qemu-system-x86_64").program().toString();

        interrupt(10, program, "-M", "none", "-nodefaults", "-display", "none", "-serial", "stdio");
    }

    @Test
    void noOrphanAfterTenInterruptedRunsOfUserModeLinux() throws Exception {
        String program = Tool.named("linux.uml").program().toString();

        interrupt(10, program, "mem=128M", "con=null", "con0=fd:0,fd:1", "panic=0");
    }

    @ParameterizedTest
    @CsvSource({"exit, 3", "exception, 1", "return, 0"})
    void noOrphanWhenAHostEndsWithoutClosingAnything(String end, int code) throws Exception {
        Process host = host(end, SHELL);

        assertThat(host.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(host.exitValue()).isEqualTo(code);
        assertThatNothingIsLeft();
    }

    private void interrupt(int times, String... command) throws Exception {
        int most = 0;
        for (int run = 0; run < times; run++) {
            String signal = SIGNALS.get(random.nextInt(SIGNALS.size()));
            boolean early = random.nextInt(FEW) == 0;
            int moment = random.nextInt(LATEST_MILLIS);
            String what = "seed %d, run %d: %s %d ms after %s"
                    .formatted(seed, run, signal, moment, early ? "its start" : "its folder");
            Process host = host("never", command);
            if (!early) {
                patient(what).until(() -> hasEntries(parent));
            }
            assertThat(host.waitFor(moment, TimeUnit.MILLISECONDS)).as(what).isFalse();
            most = Math.max(most, running(command[0]));
            Tool.named("kill").run("-" + signal, Long.toString(host.pid()));
            patient(what).until(() -> !host.isAlive());
            patient(what).untilAsserted(this::assertThatNothingIsLeft);
        }
        assertThat(most).as("programs that ran when their host was interrupted").isPositive();
    }

    private static boolean hasEntries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isPresent();
        }
    }

    private int running(String program) {
        return (int) Leftovers.of(parent).stream()
                .filter(process -> process.contains(" " + program + "\0"))
                .count();
    }

    private static ConditionFactory patient(String what) {
        return await(what).pollInterval(Duration.ofMillis(10)).atMost(PATIENCE);
    }

    private void assertThatNothingIsLeft() {
        assertThat(Leftovers.of(parent)).isEmpty();
        assertThat(parent).isEmptyDirectory();
    }

    /** With the ordinary meaning of signals, whatever this JVM ignores. */
    private Process host(String end, String... program) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT,TERM,HUP",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                root(WorkFolder.class) + ":" + root(HostProgram.class),
                HostProgram.class.getName(),
                parent.toString(),
                end));
        command.addAll(List.of(program));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The folder of compiled classes in which the class lies. */
    private static Path root(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        String address = String.valueOf(type.getResource(type.getSimpleName() + ".class"));
        return Path.of(URI.create(address.substring(0, address.length() - file.length())));
    }
}
