package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a policy says of the processor, of devices and of management. */
final class HostReader {

    private static final int MAXIMUM_DEVICES = 16;

    private final YamlMapping root;

    HostReader(YamlMapping root) {
        this.root = root;
    }

    ProcessorPolicy processor(ProcessorPolicy inherited) {
        return section("cpu", List.of("limit", "shares"))
                .map(cpu -> new ProcessorPolicy(
                        cpu.find("limit")
                                .flatMap(value -> value.count(1, MemoryPolicy.PERCENT))
                                .orElse(inherited.limit()),
                        MemoryReader.shares(cpu).orElse(inherited.shares())))
                .orElse(inherited);
    }

    DevicesPolicy devices(DevicesPolicy inherited) {
        return section("devices", List.of("models", "passthrough"))
                .map(devices -> new DevicesPolicy(
                        devices.find("models").map(HostReader::models).orElse(inherited.models()),
                        devices.find("passthrough")
                                .flatMap(YamlValue::flag)
                                .orElse(inherited.passthrough())))
                .orElse(inherited);
    }

    ManagementPolicy management(ManagementPolicy inherited) {
        return section("management", List.of("console-role"))
                .map(management -> new ManagementPolicy(management
                        .find("console-role")
                        .flatMap(value -> value.choice(PolicyWords.ROLE))
                        .orElse(inherited.consoleRole())))
                .orElse(inherited);
    }

    private static List<DevicesPolicy.Model> models(YamlValue list) {
        List<DevicesPolicy.Model> models = new ArrayList<>();
        for (YamlValue value : list.list(0, MAXIMUM_DEVICES)) {
            Optional<DevicesPolicy.Model> model = value.choice(PolicyWords.MODEL);
            if (model.filter(models::contains).isPresent()) {
                value.reject("names a device twice");
            }
            model.ifPresent(models::add);
        }
        return models;
    }

    private Optional<YamlMapping> section(String name, List<String> keys) {
        return root.find(name).flatMap(YamlValue::mapping).map(mapping -> mapping.allow(keys));
    }
}
