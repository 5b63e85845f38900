package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one policy file. */
final class PolicyReader {

    /** The most characters of a line for people. */
    static final int MAXIMUM_TEXT = 500;

    /** The most sources and the most accepted violations. */
    static final int MAXIMUM_LIST = 100;

    private static final List<String> KEYS = List.of(
            "policy",
            "summary",
            "sources",
            "based-on",
            "monitor",
            "network",
            "disk",
            "memory",
            "cpu",
            "devices",
            "management",
            "accept");

    private static final List<String> ACCEPTANCE_KEYS =
            List.of("scenario", "property", "reason", "until");

    private final YamlMapping root;
    private final Words<Policy> bases;

    PolicyReader(YamlMapping root, Words<Policy> bases) {
        this.root = root.allow(KEYS);
        this.bases = bases;
    }

    Policy read() throws InvalidFileException {
        Optional<Policy> base = root.find("based-on").flatMap(value -> value.choice(bases));
        String name = root.require("policy").flatMap(YamlValue::name).orElse("");
        String summary = summary(base);
        List<String> sources = sources(base);
        var monitor = new MonitorReader(root, base.map(Policy::monitor)).read();
        NetworkPolicy network = network(monitor, base);
        DiskPolicy disk = disk(monitor, base);
        MemoryPolicy memory = memory(monitor, base);
        var host = new HostReader(root);
        ProcessorPolicy processor =
                host.processor(base.map(Policy::processor).orElse(PolicyDefaults.PROCESSOR));
        DevicesPolicy devices =
                host.devices(base.map(Policy::devices).orElse(PolicyDefaults.DEVICES));
        ManagementPolicy management =
                host.management(base.map(Policy::management).orElse(PolicyDefaults.MANAGEMENT));
        new HostContradictions(root, monitor).report();
        List<Acceptance> accepted = accepted(base);
        root.problems().throwIfAny();
        boolean alone = monitor.type() == MonitorPolicy.Type.PHYSICAL;
        return new Policy(
                name,
                summary,
                sources,
                monitor,
                network,
                disk,
                memory,
                alone ? PolicyDefaults.PROCESSOR : processor,
                alone ? PolicyDefaults.DEVICES : devices,
                alone ? PolicyDefaults.MANAGEMENT : management,
                accepted);
    }

    /** A base that is not known has been reported; what it would have given is not missing too. */
    private String summary(Optional<Policy> base) {
        Optional<YamlValue> given =
                root.find("based-on").isPresent() ? root.find("summary") : root.require("summary");
        return given.flatMap(value -> value.text(MAXIMUM_TEXT))
                .orElse(base.map(Policy::summary).orElse(""));
    }

    private List<String> sources(Optional<Policy> base) {
        Optional<YamlValue> given = root.find("sources");
        if (given.isEmpty()) {
            return base.map(Policy::sources).orElse(List.of());
        }
        return given.get().list(0, MAXIMUM_LIST).stream()
                .flatMap(value -> value.text(MAXIMUM_TEXT).stream())
                .toList();
    }

    private NetworkPolicy network(MonitorPolicy monitor, Optional<Policy> base) {
        NetworkPolicy inherited = base.map(Policy::network).orElse(PolicyDefaults.NETWORK);
        Optional<YamlMapping> given = root.find("network").flatMap(YamlValue::mapping);
        NetworkPolicy network = given.map(mapping -> new NetworkReader(mapping, inherited).read())
                .orElse(inherited);
        new Contradictions(root, monitor, network).report();
        return Contradictions.withoutMeaningless(network);
    }

    private DiskPolicy disk(MonitorPolicy monitor, Optional<Policy> base) {
        DiskPolicy inherited = base.map(Policy::disk).orElse(PolicyDefaults.DISK);
        Optional<YamlMapping> given = root.find("disk").flatMap(YamlValue::mapping);
        DiskPolicy disk =
                given.map(mapping -> new DiskReader(mapping, inherited).read()).orElse(inherited);
        new DiskContradictions(root, monitor, disk).report();
        return DiskContradictions.withoutMeaningless(monitor, disk);
    }

    private MemoryPolicy memory(MonitorPolicy monitor, Optional<Policy> base) {
        MemoryPolicy inherited = base.map(Policy::memory).orElse(PolicyDefaults.MEMORY);
        Optional<YamlMapping> given = root.find("memory").flatMap(YamlValue::mapping);
        MemoryPolicy memory = given.map(mapping -> new MemoryReader(mapping, inherited).read())
                .orElse(inherited);
        new MemoryContradictions(root, monitor, memory).report();
        return MemoryContradictions.withoutMeaningless(monitor, memory);
    }

    private List<Acceptance> accepted(Optional<Policy> base) {
        Optional<YamlValue> given = root.find("accept");
        if (given.isEmpty()) {
            return base.map(Policy::accepted).orElse(List.of());
        }
        List<Acceptance> accepted = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (YamlValue value : given.get().list(0, MAXIMUM_LIST)) {
            acceptance(value).ifPresent(accepted::add);
            accepted.stream()
                    .skip(seen.size())
                    .filter(last -> !seen.add(last.scenario() + " " + last.property()))
                    .forEach(last -> value.reject(twice(last)));
        }
        return accepted;
    }

    private static String twice(Acceptance acceptance) {
        return "names %s of %s twice".formatted(acceptance.property(), acceptance.scenario());
    }

    private static Optional<Acceptance> acceptance(YamlValue value) {
        Optional<YamlMapping> found = value.mapping();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        YamlMapping mapping = found.get().allow(ACCEPTANCE_KEYS);
        Optional<String> scenario = mapping.require("scenario").flatMap(PolicyReader::scenario);
        Optional<String> property = mapping.require("property").flatMap(YamlValue::name);
        Optional<String> reason =
                mapping.require("reason").flatMap(text -> text.text(MAXIMUM_TEXT));
        Optional<LocalDate> until = mapping.find("until").flatMap(YamlValue::date);
        if (scenario.isEmpty() || property.isEmpty() || reason.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Acceptance(scenario.get(), property.get(), reason.get(), until));
    }

    private static Optional<String> scenario(YamlValue value) {
        return value.is("*") ? Optional.of("*") : value.name();
    }
}
