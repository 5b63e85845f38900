package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A user and network namespace of its own, in which nothing reaches the computer's networks: a veth
 * pair whose one end {@code va} is for the lab, and whose other end {@code vb} is the computer
 * 10.0.0.99. It ends with the shell that holds it.
 */
final class NetworkNamespace implements AutoCloseable {

    static final String MAC = "02:00:00:00:00:99";
    static final String ADDRESS = "10.0.0.99";

    private static final String SETUP = """
            set -e
            ip link set lo up
            ip link add va type veth peer name vb
            ip link set vb address %s
            ip addr add %s/24 dev vb
            for i in va vb; do
              echo 1 > /proc/sys/net/ipv6/conf/$i/disable_ipv6 || true
              ip link set $i up
            done
            echo ready
            read end
            """.formatted(MAC, ADDRESS);

    private final Path nsenter;
    private final Process holder;

    private NetworkNamespace(Path nsenter, Process holder) {
        this.nsenter = nsenter;
        this.holder = holder;
    }

    /** Skips the test where the kernel gives no such namespaces, or fails where tools are required. */
    static NetworkNamespace open() throws IOException {
        DebianTool unshare = DebianTool.find("unshare");
        DebianTool nsenter = DebianTool.find("nsenter");
        DebianTool.find("ip");
        Process holder = new ProcessBuilder(unshare.path().toString(), "-Urn", "sh", "-c", SETUP)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = holder.inputReader(StandardCharsets.UTF_8);
        if (!"ready".equals(out.readLine())) {
            holder.destroyForcibly();
            String reason = "no user namespaces with networks of their own";
            assertThat(System.getenv("COFFERDAM_REQUIRE_TOOLS")).as(reason).isNull();
            Assumptions.abort(reason);
        }
        return new NetworkNamespace(nsenter.path(), holder);
    }

    /** A command that runs inside. */
    ProcessBuilder inside(List<String> command) {
        List<String> entering = new ArrayList<>(List.of(
                nsenter.toString(),
                "--preserve-credentials",
                "-U",
                "-n",
                "-t",
                Long.toString(holder.pid()),
                "--"));
        entering.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(entering);
        // Ettercap gives up its rights to user 65534, whom the namespace does not know.
        builder.environment().put("EC_UID", "0");
        builder.environment().put("EC_GID", "0");
        return builder;
    }

    @Override
    public void close() {
        holder.destroy();
        try {
            assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
