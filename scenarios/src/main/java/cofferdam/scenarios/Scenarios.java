package cofferdam.scenarios;

import cofferdam.monitor.yaml.BuiltIns;
import cofferdam.monitor.yaml.InvalidFileException;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scenarios that come with Cofferdam, the suites they form, and the way to all others. */
public final class Scenarios {

    /** What the thesis of 2003 tested. */
    public static final String CORE = "core";

    /** Everything that crosses the network between machines. */
    public static final String NETWORK = "network";

    /** What a guest can say of itself that is not true, and whom it can reach. */
    public static final String SPOOFING = "spoofing";

    /** Everything that has to do with disks and their images. */
    public static final String DISK = "disk";

    /** Everything that has to do with memory, and with what the host shares out. */
    public static final String MEMORY = "memory";

    /** Who uses up what machines share: the six of the Isolation Benchmark Suite. */
    public static final String NOISY = "noisy";

    private static final List<String> CORE_NAMES = List.of(
            "image-string-search",
            "image-corruption",
            "image-tampering",
            "promiscuous-capture",
            "host-capture",
            "arp-poisoning",
            "memory-exhaustion",
            "guest-crash",
            "host-memory-read",
            "host-process-tampering",
            "management-takeover",
            "device-visibility");

    private static final List<String> DISK_NAMES = List.of(
            "image-string-search",
            "image-corruption",
            "image-tampering",
            "image-metadata-tampering",
            "image-header-tampering",
            "image-truncation",
            "image-rollback",
            "residual-disk",
            "format-confusion",
            "snapshot-residue");

    private static final List<String> MEMORY_NAMES = List.of(
            "memory-exhaustion",
            "guest-crash",
            "guest-crash-kernel",
            "guest-crash-triple-fault",
            "guest-crash-hang",
            "host-memory-read",
            "host-process-tampering",
            "management-takeover",
            "device-visibility",
            "dedup-probe",
            "covert-channel",
            "residual-memory",
            "residual-balloon",
            "residual-swap");

    private static final List<String> NOISY_NAMES = List.of(
            "noisy-memory",
            "noisy-processor",
            "noisy-fork",
            "noisy-disk",
            "noisy-send",
            "noisy-receive");

    private static final List<String> NETWORK_NAMES = List.of(
            "promiscuous-capture",
            "host-capture",
            "arp-poisoning",
            "mac-flooding",
            "mac-spoofing",
            "port-stealing");

    private static final List<String> SPOOFING_NAMES = List.of(
            "ip-spoofing",
            "ip-spoofing-reversed",
            "ip-spoofing-unspecified",
            "ip-spoofing-tagged",
            "ip-spoofing-ipv6",
            "first-moments",
            "arp-spoofing-ip",
            "arp-spoofing-mac",
            "nd-spoofing",
            "rogue-dhcp",
            "rogue-router",
            "host-spoofing",
            "vlan-hopping",
            "vlan-double-tagging",
            "guest-contact",
            "unknown-unicast",
            "mac-flooding-sustained");

    private static final Scenarios BUILT_IN = new Scenarios(Vocabulary.builtIn());

    private final BuiltIns<Scenario> builtIn;

    /** The built-in scenarios in the words of all attacks and properties there are. */
    public static Scenarios builtIn() {
        return BUILT_IN;
    }

    /** The built-in scenarios in the words of this vocabulary, which must have all of theirs. */
    public Scenarios(Vocabulary vocabulary) {
        BuiltIns.FromBytes<Scenario> reader =
                (file, bytes) -> ScenarioFile.parse(file, bytes, vocabulary);
        Map<String, Scenario> byName = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(DISK_NAMES);
        names.addAll(NETWORK_NAMES);
        names.addAll(SPOOFING_NAMES);
        names.addAll(MEMORY_NAMES);
        names.addAll(NOISY_NAMES);
        for (String name : names) {
            String file = name + ".yaml";
            InputStream in = Scenarios.class.getResourceAsStream(file);
            byName.put(name, BuiltIns.resource(file, in, reader));
        }
        builtIn = new BuiltIns<>("scenario", byName, path -> ScenarioFile.read(path, vocabulary));
    }

    /** The names of the suites. */
    public static List<String> suites() {
        return List.of(CORE, NETWORK, SPOOFING, DISK, MEMORY, NOISY);
    }

    /** The built-in scenarios. */
    public List<Scenario> all() {
        return builtIn.all();
    }

    /** The built-in scenario of that name. */
    public Optional<Scenario> named(String name) {
        return builtIn.named(name);
    }

    /** The scenarios of a suite, in the order in which they run; empty if there is none. */
    public List<Scenario> suite(String name) {
        List<String> names = switch (name) {
            case CORE -> CORE_NAMES;
            case NETWORK -> NETWORK_NAMES;
            case SPOOFING -> SPOOFING_NAMES;
            case DISK -> DISK_NAMES;
            case MEMORY -> MEMORY_NAMES;
            case NOISY -> NOISY_NAMES;
            default -> List.of();
        };
        return names.stream().flatMap(scenario -> named(scenario).stream()).toList();
    }

    /**
     * The scenarios of the suite of that name, or else the built-in scenario of that name, or else
     * the one in the file at that path.
     *
     * @throws InvalidFileException if it is none of them, or the file is wrong
     */
    public List<Scenario> load(String nameOrPath) throws InvalidFileException {
        List<Scenario> suite = suite(nameOrPath);
        return suite.isEmpty() ? List.of(builtIn.load(nameOrPath)) : suite;
    }
}
