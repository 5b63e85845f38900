package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
        Optional<YamlMapping> sees = monitor.flatMap(mapping -> mapping.find("console-sees"))
                .flatMap(YamlValue::mapping)
                .map(mapping -> mapping.allow(List.of("nic", "memory", "process")));
        Optional<MonitorPolicy.Type> given = type.flatMap(value -> value.choice(PolicyWords.TYPE));
        return new MonitorPolicy(
                given.or(() -> base.map(MonitorPolicy::type)).orElse(MonitorPolicy.Type.TYPE_I),
                sees(sees, "nic", given, MonitorPolicy::consoleSeesNic),
                sees(sees, "memory", given, MonitorPolicy::consoleSeesMemory),
                sees(sees, "process", given, MonitorPolicy::consoleSeesProcess));
    }

    private boolean sees(
            Optional<YamlMapping> sees,
            String what,
            Optional<MonitorPolicy.Type> given,
            Predicate<MonitorPolicy> inherited) {
        return sees.flatMap(mapping -> mapping.find(what))
                .flatMap(YamlValue::flag)
                .or(() -> given.map(MonitorReader::ownsHardware))
                .or(() -> base.map(inherited::test))
                .orElse(false);
    }

    /** The host operating system below a type II monitor owns all hardware. */
    private static boolean ownsHardware(MonitorPolicy.Type type) {
        return type == MonitorPolicy.Type.TYPE_II;
    }
}
