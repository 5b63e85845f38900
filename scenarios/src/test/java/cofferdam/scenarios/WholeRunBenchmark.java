package cofferdam.scenarios;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * Whole runs on one thread: start a host, carry out the scenario, write every capture and event,
 * read them back, judge, annotate. Only the writing of files to the disk is left out.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class WholeRunBenchmark {

    @Param({"promiscuous-capture", "arp-poisoning"})
    public String scenario;

    @Param("virtual-server-1.0")
    public String policy;

    private final Monitor monitor = Monitors.all().getFirst();
    private long seed;

    @Benchmark
    public ScenarioRunner.Finished run() {
        Scenario chosen = Scenarios.builtIn().named(scenario).orElseThrow();
        Policy configured = Policies.builtIn(policy).orElseThrow();
        return ScenarioRunner.run(chosen, configured, monitor, seed++);
    }
}
