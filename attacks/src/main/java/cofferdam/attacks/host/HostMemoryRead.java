package cofferdam.attacks.host;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.attacks.Telltale;
import cofferdam.attacks.disk.HostAccess;
import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.HostProcesses.HostProcess;

import java.util.List;

/** The host's operating system reads the memory of all its processes, and all memory that it manages. */
public final class HostMemoryRead implements Attack {

    private static final Victims VICTIMS = new Victims(0, 8);

    /** In whose place the operating system itself is read. */
    private static final int SYSTEM = 0;

    @Override
    public String name() {
        return "host-memory-read";
    }

    @Override
    public String summary() {
        return "reads all memory that the host's operating system reaches and looks for secrets in it";
    }

    @Override
    public Boundary boundary() {
        return Boundary.HOST;
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Victims victims() {
        return VICTIMS;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        HostProcesses processes = adversary
                .machine()
                .offer(HostProcesses.class)
                .orElseThrow(MissingCapabilityException::new);
        for (HostProcess process : processes.list()) {
            adversary.report().accept(read(processes, process.number(), process.name()));
        }
        adversary.report().accept(read(processes, SYSTEM, "the operating system's own memory"));
        return FinishedCampaign.INSTANCE;
    }

    private static String read(HostProcesses processes, int number, String name) {
        return HostAccess.attempt(
                () -> "%s: %s".formatted(name, Telltale.report(processes.readMemory(number))));
    }
}
