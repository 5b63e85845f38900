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
 * @param accepted violations that the policy's owner has accepted, with the reason
 */
public record Policy(
        String name,
        String summary,
        List<String> sources,
        MonitorPolicy monitor,
        NetworkPolicy network,
        DiskPolicy disk,
        List<Acceptance> accepted) {

    public Policy {
        sources = List.copyOf(sources);
        accepted = List.copyOf(accepted);
    }
}
