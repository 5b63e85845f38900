package cofferdam.monitor.policy;

import java.util.List;

/**
 * How a host is configured.
 *
 * @param name lower-case letters, digits, dots and hyphens
 * @param summary one line for people
 * @param sources where the configuration is documented
 * @param disk how the disks of guests are kept; separate machines keep their own, and it says
 *     nothing of them
 * @param memory how memory is shared out; separate machines have their own
 * @param processor how the processor is shared out; separate machines have their own
 * @param accepted violations that the policy's owner has accepted, with the reason
 */
public record Policy(
        String name,
        String summary,
        List<String> sources,
        MonitorPolicy monitor,
        NetworkPolicy network,
        DiskPolicy disk,
        MemoryPolicy memory,
        ProcessorPolicy processor,
        DevicesPolicy devices,
        ManagementPolicy management,
        List<Acceptance> accepted) {

    public Policy {
        sources = List.copyOf(sources);
        accepted = List.copyOf(accepted);
    }

    /** The same policy with its disks kept otherwise. */
    public Policy withDisk(DiskPolicy other) {
        return new Policy(
                name,
                summary,
                sources,
                monitor,
                network,
                other,
                memory,
                processor,
                devices,
                management,
                accepted);
    }

    /** The same policy with its memory shared out otherwise. */
    public Policy withMemory(MemoryPolicy other) {
        return new Policy(
                name,
                summary,
                sources,
                monitor,
                network,
                disk,
                other,
                processor,
                devices,
                management,
                accepted);
    }

    /** The same policy with another monitor. */
    public Policy withMonitor(MonitorPolicy other) {
        return new Policy(
                name,
                summary,
                sources,
                other,
                network,
                disk,
                memory,
                processor,
                devices,
                management,
                accepted);
    }

    /** The same policy with another network. */
    public Policy withNetwork(NetworkPolicy other) {
        return new Policy(
                name,
                summary,
                sources,
                monitor,
                other,
                disk,
                memory,
                processor,
                devices,
                management,
                accepted);
    }

    /** The same policy with all that guests with memory share as another policy has it. */
    public Policy withHostOf(Policy other) {
        return new Policy(
                name,
                summary,
                sources,
                monitor,
                network,
                disk,
                other.memory,
                other.processor,
                other.devices,
                other.management,
                accepted);
    }

    /** What is configured, under another name and without words for people and acceptances. */
    public Policy configurationAs(String other) {
        return new Policy(
                other,
                other,
                List.of(),
                monitor,
                network,
                disk,
                memory,
                processor,
                devices,
                management,
                List.of());
    }
}
