package cofferdam.scenarios;

import cofferdam.monitor.HostSetup;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads the steps that are about disks and files. */
final class DiskStepReader {

    /** An absolute path of plain names, none of which is {@code .} or {@code ..}. */
    private static final Pattern FILE = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}){1,8}");

    private static final int MAXIMUM_PATH = 600;

    private DiskStepReader() {}

    static Optional<Step> power(YamlMapping mapping) {
        mapping.allow(List.of("machine", "on"));
        Optional<Boolean> on = mapping.require("on").flatMap(YamlValue::flag);
        return machine(mapping)
                .flatMap(machine -> on.map(flag -> new Step.SetPower(machine, flag)));
    }

    static Optional<Step> file(YamlMapping mapping, BiFunction<String, String, Step> step) {
        mapping.allow(List.of("machine", "file"));
        Optional<String> file = mapping.require("file").flatMap(DiskStepReader::path);
        return machine(mapping).flatMap(machine -> file.map(path -> step.apply(machine, path)));
    }

    static Optional<Step> attach(YamlMapping mapping) {
        mapping.allow(List.of("machine", "size"));
        Optional<Long> size = mapping.require("size").flatMap(DiskStepReader::size);
        return machine(mapping)
                .flatMap(machine -> size.map(bytes -> new Step.Attach(machine, bytes)));
    }

    static Optional<Step> release(YamlMapping mapping) {
        return machine(mapping.allow(List.of("machine"))).map(Step.Release::new);
    }

    static Optional<Step> snapshot(YamlMapping mapping, BiFunction<String, String, Step> step) {
        mapping.allow(List.of("machine", "name"));
        Optional<String> name = mapping.require("name").flatMap(YamlValue::name);
        return machine(mapping).flatMap(machine -> name.map(given -> step.apply(machine, given)));
    }

    /** The size of a disk. */
    static Optional<Long> size(YamlValue value) {
        return value.size(HostSetup.MINIMUM_DISK, HostSetup.MAXIMUM_DISK);
    }

    private static Optional<String> machine(YamlMapping mapping) {
        return mapping.require("machine").flatMap(Machines::one);
    }

    private static Optional<String> path(YamlValue value) {
        return value.text(MAXIMUM_PATH).filter(path -> {
            boolean plain = FILE.matcher(path).matches();
            if (!plain) {
                value.reject("is not an absolute path of letters, digits, '.', '_' and '-'");
            }
            return plain;
        });
    }
}
