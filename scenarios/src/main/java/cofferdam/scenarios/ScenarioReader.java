package cofferdam.scenarios;

import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;
import cofferdam.scenarios.standards.Standards;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one scenario file. */
final class ScenarioReader {

    /** The most characters of a line for people. */
    static final int MAXIMUM_TEXT = 500;

    /** The most properties of one scenario. */
    static final int MAXIMUM_PROPERTIES = 100;

    /** The most ids of standards, and the most characters of one. */
    static final int MAXIMUM_STANDARDS = 50;

    static final int MAXIMUM_STANDARD = 40;

    /** The most steps of one scenario. */
    static final int MAXIMUM_STEPS = 1000;

    /** The least bandwidth of a cable, in bits a second. */
    static final long MINIMUM_BANDWIDTH = 64_000;

    /** The longest of everything that has a length: a limit, a wait, an interval. */
    static final Duration MAXIMUM_TIME = Duration.ofHours(1);

    /** The shortest time limit of a step. */
    static final Duration MINIMUM_LIMIT = Duration.ofMillis(1);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final List<String> KEYS = List.of(
            "scenario",
            "summary",
            "standards",
            "properties",
            "disks",
            "memory",
            "host-memory",
            "ipv6",
            "dhcp",
            "networks",
            "links",
            "limit",
            "steps");

    private static final Set<String> RESERVED =
            Set.of("manifest.json", "manifest.sig", "summary.json", "report.html", "junit.xml");

    private final YamlMapping root;
    private final Vocabulary vocabulary;

    ScenarioReader(YamlMapping root, Vocabulary vocabulary) {
        this.root = root.allow(KEYS);
        this.vocabulary = vocabulary;
    }

    Scenario read() throws InvalidFileException {
        String name = root.require("scenario").flatMap(this::name).orElse("");
        String summary = root.require("summary")
                .flatMap(value -> value.text(MAXIMUM_TEXT))
                .orElse("");
        List<PropertyCheck> properties = properties();
        Wiring links = root.find("links")
                .flatMap(YamlValue::mapping)
                .map(this::links)
                .orElse(Wiring.LOCAL);
        SortedMap<String, Long> disks = disks();
        Duration limit = root.find("limit")
                .flatMap(value -> value.duration(MINIMUM_LIMIT, MAXIMUM_TIME))
                .orElse(LIMIT);
        MemorySetup memory = memory();
        List<Step> steps = steps(limit, disks.keySet(), memory.guests().keySet());
        NetworkSetup network = network();
        List<String> standards = standards();
        root.problems().throwIfAny();
        return new Scenario(
                name, summary, standards, properties, disks, memory, network, links, limit, steps);
    }

    /** A scenario's folder lies beside the bundle's own files. */
    private Optional<String> name(YamlValue value) {
        Optional<String> name = value.name();
        name.filter(RESERVED::contains)
                .ifPresent(
                        taken -> value.reject("'%s' is a file of every bundle".formatted(taken)));
        return name;
    }

    private List<PropertyCheck> properties() {
        Optional<YamlValue> given = root.require("properties");
        List<PropertyCheck> properties = new ArrayList<>();
        for (YamlValue value : someOf(given, MAXIMUM_PROPERTIES)) {
            Optional<PropertyCheck> check = value.mapping()
                    .flatMap(mapping -> new PropertyReader(vocabulary).read(mapping));
            if (check.filter(properties::contains).isPresent()) {
                value.reject("asks for %s twice".formatted(check.get().property()));
            }
            check.ifPresent(properties::add);
        }
        return properties;
    }

    private List<String> standards() {
        List<String> ids = new ArrayList<>();
        for (YamlValue value : someOf(root.find("standards"), MAXIMUM_STANDARDS)) {
            Optional<String> id = standard(value);
            if (id.filter(ids::contains).isPresent()) {
                value.reject("names '%s' twice".formatted(id.get()));
            }
            id.ifPresent(ids::add);
        }
        return ids;
    }

    private static Optional<String> standard(YamlValue value) {
        Optional<String> id = value.text(MAXIMUM_STANDARD);
        id.flatMap(Standards.builtIn()::problem)
                .ifPresent(problem -> value.reject("'%s' %s".formatted(id.orElse(""), problem)));
        return id;
    }

    private NetworkSetup network() {
        SortedMap<String, Integer> networks = new TreeMap<>();
        root.find("networks")
                .flatMap(YamlValue::mapping)
                .map(mapping -> mapping.allow(Vocabulary.WITH_NETWORK))
                .map(YamlMapping::values)
                .orElse(Map.of())
                .forEach((machine, value) -> value.count(
                                NetworkSetup.FIRST_NETWORK, NetworkSetup.LAST_NETWORK)
                        .ifPresent(number -> networks.put(machine, number)));
        return new NetworkSetup(flag("ipv6"), flag("dhcp"), networks);
    }

    private boolean flag(String key) {
        return root.find(key).flatMap(YamlValue::flag).orElse(false);
    }

    private Wiring links(YamlMapping links) {
        links.allow(List.of("delay", "loss", "bandwidth"));
        return new Wiring(
                links.find("delay")
                        .flatMap(value -> value.duration(Duration.ZERO, Wiring.MAXIMUM_DELAY))
                        .orElse(Wiring.LOCAL.delay()),
                links.find("loss").flatMap(YamlValue::fraction).orElse(Wiring.LOCAL.loss()),
                links.find("bandwidth")
                        .flatMap(value -> value.rate(MINIMUM_BANDWIDTH, Wiring.MAXIMUM_BANDWIDTH))
                        .orElse(Wiring.LOCAL.bandwidth()));
    }

    /** The host's own operating system has no disk in the store that it keeps. */
    private SortedMap<String, Long> disks() {
        SortedMap<String, Long> disks = new TreeMap<>();
        Optional<YamlMapping> given = root.find("disks")
                .flatMap(YamlValue::mapping)
                .map(mapping -> mapping.allow(Vocabulary.WITH_DISKS));
        given.map(YamlMapping::values)
                .orElse(Map.of())
                .forEach((machine, value) ->
                        DiskStepReader.size(value).ifPresent(size -> disks.put(machine, size)));
        return disks;
    }

    /** A host has as much as its guests together, unless the scenario says otherwise. */
    private MemorySetup memory() {
        SortedMap<String, Long> guests = new TreeMap<>();
        root.find("memory")
                .flatMap(YamlValue::mapping)
                .map(mapping -> mapping.allow(Vocabulary.GUESTS))
                .map(YamlMapping::values)
                .orElse(Map.of())
                .forEach((machine, value) -> value.size(
                                MemorySetup.MINIMUM_GUEST, MemorySetup.MAXIMUM_GUEST)
                        .ifPresent(size -> guests.put(machine, size)));
        long sum = guests.values().stream().mapToLong(Long::longValue).sum();
        Optional<YamlValue> given = root.find("host-memory");
        if (guests.isEmpty()) {
            given.ifPresent(value -> value.reject("is of no use: no machine has memory"));
            return MemorySetup.NONE;
        }
        long host = given.flatMap(
                        value -> value.size(MemorySetup.MINIMUM_GUEST, MemorySetup.MAXIMUM_HOST))
                .orElse(sum);
        return new MemorySetup(host, guests);
    }

    private List<Step> steps(Duration limit, Set<String> disks, Set<String> memory) {
        var reader = new StepReader(vocabulary);
        var script = new Script(limit, disks, memory);
        List<Step> steps = new ArrayList<>();
        for (YamlValue value : someOf(root.require("steps"), MAXIMUM_STEPS)) {
            reader.read(value).ifPresent(step -> {
                script.check(value, step);
                steps.add(step);
            });
        }
        return steps;
    }

    private static List<YamlValue> someOf(Optional<YamlValue> list, int maximum) {
        return list.map(value -> value.list(1, maximum)).orElse(List.of());
    }
}
