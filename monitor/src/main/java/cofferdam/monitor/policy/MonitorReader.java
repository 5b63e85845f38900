package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.util.List;
import java.util.Optional;

/** Reads what kind of monitor a policy is for. */
final class MonitorReader {

    private final YamlMapping root;
    private final Optional<MonitorPolicy> base;

    MonitorReader(YamlMapping root, Optional<MonitorPolicy> base) {
        this.root = root;
        this.base = base;
    }

    MonitorPolicy read() {
        boolean based = root.find("based-on").isPresent();
        Optional<YamlMapping> monitor = (based ? root.find("monitor") : root.require("monitor"))
                .flatMap(YamlValue::mapping)
                .map(mapping -> mapping.allow(List.of("type", "console-sees")));
        Optional<YamlValue> type =
                monitor.flatMap(mapping -> based ? mapping.find("type") : mapping.require("type"));
        Optional<Boolean> seesNic = monitor.flatMap(mapping -> mapping.find("console-sees"))
                .flatMap(YamlValue::mapping)
                .map(mapping -> mapping.allow(List.of("nic")))
                .flatMap(mapping -> mapping.find("nic"))
                .flatMap(YamlValue::flag);
        Optional<MonitorPolicy.Type> given = type.flatMap(value -> value.choice(PolicyWords.TYPE));
        return new MonitorPolicy(
                given.or(() -> base.map(MonitorPolicy::type)).orElse(MonitorPolicy.Type.TYPE_I),
                seesNic.or(() -> given.map(MonitorReader::ownsNic))
                        .or(() -> base.map(MonitorPolicy::consoleSeesNic))
                        .orElse(false));
    }

    /** The host operating system below a type II monitor owns all hardware. */
    private static boolean ownsNic(MonitorPolicy.Type type) {
        return type == MonitorPolicy.Type.TYPE_II;
    }
}
