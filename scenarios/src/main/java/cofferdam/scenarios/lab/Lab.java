package cofferdam.scenarios.lab;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.emulated.LiveLab;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.recording.LiveEvidence;
import cofferdam.monitor.wire.FrameWire;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An emulated host in real time, with its ports open. Used on the thread of the loop alone, which is
 * the one that waits.
 */
public final class Lab implements AutoCloseable {

    private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);

    /** Real cables and real time have delay enough of their own. */
    private static final Wiring CABLES = new Wiring(Duration.ZERO, 0);

    private final Policy policy;
    private final RealTime time;
    private final LiveEvidence evidence;
    private final LiveLab live;
    private final List<PortSpec> specs;
    private final Map<String, FrameWire> wires = new LinkedHashMap<>();

    private Lab(
            Policy policy,
            RealTime time,
            LiveEvidence evidence,
            LiveLab live,
            List<PortSpec> specs) {
        this.policy = policy;
        this.time = time;
        this.evidence = evidence;
        this.live = live;
        this.specs = List.copyOf(specs);
    }

    /**
     * Starts the machines and opens the ports.
     *
     * @throws LabException if a port cannot be opened, or two share a name or an address
     */
    public static Lab start(
            Policy policy, List<PortSpec> specs, RealTime time, LiveEvidence evidence)
            throws LabException {
        HostSetup setup = HostSetup.withoutDisks(policy, CABLES, time.now(), evidence);
        try {
            LiveLab live = LiveLab.start(
                    setup, time, specs.stream().map(PortSpec::port).toList());
            Lab lab = new Lab(policy, time, evidence, live, specs);
            lab.open();
            return lab;
        } catch (RefusedSetupException refused) {
            throw new LabException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private void open() throws LabException {
        try {
            for (PortSpec spec : specs) {
                FrameWire wire = open(spec);
                wires.put(spec.port().name(), wire);
                wire.attach(live.connect(spec.port().name(), wire));
                live.promiscuous(spec.port().name(), spec.promiscuous());
            }
        } catch (LabException | RuntimeException failed) {
            close();
            throw failed;
        }
        time.after(FLUSH_INTERVAL, this::flush);
    }

    private FrameWire open(PortSpec spec) throws LabException {
        try {
            return spec.open(time);
        } catch (IOException | IllegalArgumentException refused) {
            throw new LabException(
                    "--attach '%s': %s".formatted(spec.text(), refused.getMessage()), refused);
        }
    }

    private void flush() {
        evidence.flush();
        time.after(FLUSH_INTERVAL, this::flush);
    }

    Policy policy() {
        return policy;
    }

    Host host() {
        return live.host();
    }

    LiveLab live() {
        return live;
    }

    LiveEvidence evidence() {
        return evidence;
    }

    List<PortSpec> specs() {
        return specs;
    }

    /** The wire of each port. */
    Map<String, FrameWire> wires() {
        return Map.copyOf(wires);
    }

    /** The port of that name. */
    Optional<PortSpec> port(String name) {
        return specs.stream().filter(spec -> spec.port().name().equals(name)).findFirst();
    }

    /** A machine of the host. */
    Machine machine(String name) throws LabException {
        return host().machine(name).orElseThrow(() -> new LabException(host().absence(name)));
    }

    /** A machine of the host, or the one behind a port whose address is known. */
    Machine target(String name) throws LabException {
        Optional<PortSpec> spec = port(name);
        if (spec.isEmpty()) {
            return machine(name);
        }
        return spec.flatMap(found -> found.port().address())
                .map(address -> new PortMachine(name, spec.get().port().mac(), address))
                .orElseThrow(
                        () -> new LabException("'%s' was attached without ip=".formatted(name)));
    }

    <C extends Capability> C capability(String machine, Class<C> kind) throws LabException {
        return machine(machine).offer(kind).orElseThrow(LabException::new);
    }

    /** Closes the ports, then the machines; the evidence and the clock are the caller's. */
    @Override
    public void close() {
        wires.values().forEach(FrameWire::close);
        wires.clear();
        live.close();
    }
}
