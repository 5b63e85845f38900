package cofferdam.attacks.host;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.attacks.disk.HostAccess;
import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.HostProcesses.HostProcess;
import cofferdam.monitor.HostProcesses.Kind;
import cofferdam.monitor.HostProcesses.Resource;

import java.util.List;
import java.util.Locale;

/**
 * The host's operating system takes away what the processes that run its guests have: their handles,
 * threads, locks and memory (thesis section 4.4.3). A refusal does not stop it.
 */
public final class HostProcessTampering implements Attack {

    private static final String ALL = "all";

    private static final Setting.Choice RESOURCE = new Setting.Choice(
            "resource",
            "what is taken away: everything, or all of one kind",
            List.of(ALL, "handle", "thread", "lock", "memory-map"));

    /** In this order, because nothing is left to take of a process that has lost its threads. */
    private static final List<Kind> ORDER =
            List.of(Kind.HANDLE, Kind.LOCK, Kind.THREAD, Kind.MEMORY_MAP);

    @Override
    public String name() {
        return "host-process-tampering";
    }

    @Override
    public String summary() {
        return "removes handles, locks, threads and memory of what runs the victims on the host";
    }

    @Override
    public Boundary boundary() {
        return Boundary.HOST;
    }

    @Override
    public List<Setting> settings() {
        return List.of(RESOURCE);
    }

    @Override
    public Victims victims() {
        return new Victims(1, 8);
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        HostProcesses processes = adversary
                .machine()
                .offer(HostProcesses.class)
                .orElseThrow(MissingCapabilityException::new);
        List<HostProcess> listed = processes.list();
        for (String victim : adversary.targets().machines()) {
            List<HostProcess> found = listed.stream()
                    .filter(process -> process.machine().equals(victim))
                    .toList();
            if (found.isEmpty()) {
                adversary
                        .report()
                        .accept("none of %d processes runs %s".formatted(listed.size(), victim));
            }
            found.forEach(process -> tamper(adversary, processes, process));
        }
        return FinishedCampaign.INSTANCE;
    }

    private static void tamper(Adversary adversary, HostProcesses processes, HostProcess process) {
        String chosen = adversary.settings().choice(RESOURCE.name());
        for (Kind kind : ORDER) {
            if (!chosen.equals(ALL) && !chosen.equals(word(kind))) {
                continue;
            }
            process.resources().stream()
                    .filter(resource -> resource.kind() == kind)
                    .map(resource -> remove(processes, process, resource))
                    .forEach(adversary.report());
        }
    }

    private static String remove(HostProcesses processes, HostProcess process, Resource resource) {
        return HostAccess.attempt(() -> {
            processes.remove(process.number(), resource);
            return "%s: %s %s removed"
                    .formatted(process.name(), word(resource.kind()), resource.name());
        });
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
