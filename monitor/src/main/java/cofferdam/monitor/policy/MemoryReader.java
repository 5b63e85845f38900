package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads how a policy shares out memory; what is not given stays as inherited. */
final class MemoryReader {

    private static final List<String> KEYS = List.of(
            "sharing",
            "groups",
            "scan-rate",
            "overcommit",
            "limit",
            "reservation",
            "shares",
            "balloon",
            "swap",
            "zero-on-allocate",
            "zero-on-free",
            "constant-latency");

    private final YamlMapping memory;
    private final MemoryPolicy inherited;

    MemoryReader(YamlMapping memory, MemoryPolicy inherited) {
        this.memory = memory.allow(KEYS);
        this.inherited = inherited;
    }

    MemoryPolicy read() {
        return new MemoryPolicy(
                choice("sharing", PolicyWords.SHARING, inherited.sharing()),
                machines(memory, "groups", YamlValue::name).orElse(inherited.groups()),
                count("scan-rate", 1, MemoryPolicy.MAXIMUM_SCAN_RATE, inherited.scanRate()),
                count("overcommit", 1, MemoryPolicy.MAXIMUM_OVERCOMMIT, inherited.overcommit()),
                count("limit", 1, MemoryPolicy.PERCENT, inherited.limit()),
                count("reservation", 0, MemoryPolicy.PERCENT, inherited.reservation()),
                shares(memory).orElse(inherited.shares()),
                flag("balloon", inherited.balloon()),
                choice("swap", PolicyWords.SWAP, inherited.swap()),
                flag("zero-on-allocate", inherited.zeroOnAllocate()),
                flag("zero-on-free", inherited.zeroOnFree()),
                flag("constant-latency", inherited.constantLatency()));
    }

    /** The shares of machines, by their names. */
    static Optional<SortedMap<String, Integer>> shares(YamlMapping mapping) {
        return machines(mapping, "shares", value -> value.count(1, MemoryPolicy.MAXIMUM_SHARES));
    }

    private static <V> Optional<SortedMap<String, V>> machines(
            YamlMapping mapping, String key, Function<YamlValue, Optional<V>> read) {
        return mapping.find(key).flatMap(YamlValue::mapping).map(given -> {
            SortedMap<String, V> values = new TreeMap<>();
            given.allow(Guests.NAMES)
                    .values()
                    .forEach((machine, value) ->
                            read.apply(value).ifPresent(found -> values.put(machine, found)));
            return values;
        });
    }

    private <E> E choice(String key, Words<E> words, E otherwise) {
        return memory.find(key).flatMap(value -> value.choice(words)).orElse(otherwise);
    }

    private int count(String key, int minimum, int maximum, int otherwise) {
        return memory.find(key).flatMap(value -> value.count(minimum, maximum)).orElse(otherwise);
    }

    private boolean flag(String key, boolean otherwise) {
        return memory.find(key).flatMap(YamlValue::flag).orElse(otherwise);
    }
}
