package cofferdam.monitor.linux;

import cofferdam.monitor.policy.DevicesPolicy;
import cofferdam.monitor.policy.ManagementPolicy;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MonitorPolicy;
import cofferdam.monitor.policy.NetworkPolicy;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.monitor.policy.PolicyKeys;
import cofferdam.monitor.policy.ProcessorPolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of a policy holds in fact where guests are ordinary processes of the host's user, written as a
 * policy, so that the difference is what is not enforced.
 */
public final class ActualPolicy {

    private static final String OVERCOMMIT = "memory.overcommit";

    private static final SortedMap<String, String> REASONS = reasons();

    private ActualPolicy() {}

    /**
     * What of the monitor, the memory, the processor, the management and a guest's network interface
     * holds for guests that are processes of the host's user; the rest is as asked. The testbed's own
     * fabric enforces everything of a switch, but what a guest's interface passes up its guest says.
     *
     * @param sharing whose pages the host's kernel merges in fact
     * @param models the devices that guests have in fact
     */
    public static Policy ofProcesses(
            Policy asked,
            MemoryPolicy.Sharing sharing,
            HostKernel kernel,
            List<DevicesPolicy.Model> models) {
        return new Policy(
                asked.name(),
                asked.summary(),
                asked.sources(),
                new MonitorPolicy(
                        MonitorPolicy.Type.TYPE_II,
                        /* consoleSeesNic= */ true,
                        /* consoleSeesMemory= */ true,
                        /* consoleSeesProcess= */ true),
                network(asked.network()),
                asked.disk(),
                memory(asked.memory(), sharing, kernel.swapping()),
                new ProcessorPolicy(MemoryPolicy.PERCENT, new TreeMap<>()),
                new DevicesPolicy(models, /* passthrough= */ false),
                new ManagementPolicy(ManagementPolicy.Role.ADMINISTRATOR),
                asked.accepted());
    }

    private static NetworkPolicy network(NetworkPolicy asked) {
        return new NetworkPolicy(
                asked.mode(),
                asked.promiscuous() == NetworkPolicy.Promiscuous.REJECT
                        ? NetworkPolicy.Promiscuous.OWN_PORT
                        : asked.promiscuous(),
                asked.macChanges(),
                asked.forgedTransmits(),
                asked.macLearning(),
                asked.macTable(),
                asked.unknownUnicast(),
                asked.portSecurity(),
                asked.arpInspection(),
                asked.portIsolation(),
                asked.rateLimit(),
                asked.guards(),
                asked.vlan());
    }

    private static MemoryPolicy memory(
            MemoryPolicy asked, MemoryPolicy.Sharing sharing, boolean swapped) {
        return new MemoryPolicy(
                sharing,
                asked.groups(),
                asked.scanRate(),
                asked.overcommit(),
                MemoryPolicy.PERCENT,
                /* reservation= */ 0,
                new TreeMap<>(),
                /* balloon= */ false,
                swapped ? MemoryPolicy.Swap.PLAIN : MemoryPolicy.Swap.NONE,
                /* zeroOnAllocate= */ true,
                /* zeroOnFree= */ false,
                /* constantLatency= */ false);
    }

    /**
     * What is not enforced: every key that has another value in fact, and how the memory of all guests
     * is bounded, which a process knows nothing of.
     *
     * @param reasons by key, or by the beginning of keys; those that hold for every process are known
     */
    public static List<Unenforced> differences(
            Policy asked, Policy actual, SortedMap<String, String> reasons) {
        SortedMap<String, String> all = new TreeMap<>(REASONS);
        all.putAll(reasons);
        List<Unenforced> differences = new ArrayList<>();
        for (PolicyChange change : PolicyKeys.differences(asked, actual)) {
            String reason = "%s: %s".formatted(reason(change.key(), all), change.value());
            differences.add(new Unenforced(change.key(), reason));
        }
        differences.add(new Unenforced(OVERCOMMIT, reason(OVERCOMMIT, all)));
        return List.copyOf(differences);
    }

    /** The reason of the longest beginning of the key that has one. */
    private static String reason(String key, SortedMap<String, String> reasons) {
        String found = "the monitor has no such setting";
        for (Map.Entry<String, String> each : reasons.entrySet()) {
            if (key.equals(each.getKey()) || key.startsWith(each.getKey() + ".")) {
                found = each.getValue();
            }
        }
        return found;
    }

    private static SortedMap<String, String> reasons() {
        SortedMap<String, String> reasons = new TreeMap<>();
        reasons.put("monitor.type", "every guest is a program on the host's operating system");
        reasons.put(
                "monitor.console-sees", "the user whose processes run the guests has all of them");
        reasons.put("memory", "the host's kernel treats guests as any process");
        reasons.put("memory.limit", "no control group bounds the guest's process");
        reasons.put("memory.balloon", "guests have no balloon");
        reasons.put("memory.swap", "the host's kernel decides what it writes to a disk");
        reasons.put(
                "memory.zero-on-allocate", "the host's kernel clears every page that it gives out");
        reasons.put(OVERCOMMIT, "the host's kernel gives out memory whatever is configured in all");
        reasons.put("network.promiscuous", "a guest's interface passes up what its guest says");
        reasons.put("cpu", "the host's kernel shares its processors out to processes alike");
        reasons.put("devices", "the monitor's machine has devices of its own");
        reasons.put("management", "whoever owns the guests' processes may do all");
        return reasons;
    }
}
