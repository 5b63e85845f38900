package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.YamlMapping;

import java.util.List;

/** Finds what a policy says of a host that is not there. */
final class HostContradictions {

    private static final List<String> SECTIONS = List.of("cpu", "devices", "management");

    private final YamlMapping root;
    private final MonitorPolicy monitor;

    HostContradictions(YamlMapping root, MonitorPolicy monitor) {
        this.root = root;
        this.monitor = monitor;
    }

    /** Records it. */
    void report() {
        if (monitor.type() != MonitorPolicy.Type.PHYSICAL) {
            return;
        }
        for (String section : SECTIONS) {
            root.find(section)
                    .ifPresent(value -> value.reject(
                            "contradicts monitor.type physical: there is no host to share"));
        }
        if (monitor.consoleSeesMemory() || monitor.consoleSeesProcess()) {
            Contradictions.report(
                    root,
                    "monitor.console-sees",
                    "monitor.type",
                    "contradicts monitor.type physical: there is no console");
        }
    }
}
