package cofferdam.monitor.policy;

import cofferdam.monitor.policy.MemoryPolicy.Sharing;
import cofferdam.monitor.policy.MemoryPolicy.Swap;
import cofferdam.monitor.yaml.YamlMapping;

import java.util.TreeMap;

/** Finds memory keys of a policy that cannot hold together. */
final class MemoryContradictions {

    private final YamlMapping root;
    private final MonitorPolicy monitor;
    private final MemoryPolicy memory;

    /** Of this file, when everything that it does not give has been inherited. */
    MemoryContradictions(YamlMapping root, MonitorPolicy monitor, MemoryPolicy memory) {
        this.root = root;
        this.monitor = monitor;
        this.memory = memory;
    }

    /** Records them. */
    void report() {
        if (monitor.type() == MonitorPolicy.Type.PHYSICAL) {
            root.find("memory")
                    .ifPresent(value -> value.reject(
                            "contradicts monitor.type physical: a computer has all of its memory"));
            return;
        }
        if (memory.reservation() > memory.limit()) {
            Contradictions.report(
                    root,
                    "memory.reservation",
                    "memory.limit",
                    "%d contradicts memory.limit %d: more cannot be kept than may be held"
                            .formatted(memory.reservation(), memory.limit()));
        }
        if (memory.reservation() * (long) memory.overcommit()
                > (long) MemoryPolicy.PERCENT * MemoryPolicy.PERCENT) {
            Contradictions.report(
                    root,
                    "memory.overcommit",
                    "memory.reservation",
                    "%d contradicts memory.reservation %d: the host could not keep what it promises"
                            .formatted(memory.overcommit(), memory.reservation()));
        }
        boolean scarce =
                memory.limit() < MemoryPolicy.PERCENT || memory.overcommit() > MemoryPolicy.PERCENT;
        if (scarce && !memory.balloon() && memory.swap() == Swap.NONE) {
            Contradictions.report(
                    root,
                    "memory.swap",
                    memory.limit() < MemoryPolicy.PERCENT ? "memory.limit" : "memory.overcommit",
                    "none contradicts machines that cannot have all that they are configured with:"
                            + " without balloon or swap nothing can be taken back");
        }
        if (memory.sharing() != Sharing.SALTED && !memory.groups().isEmpty()) {
            String word = PolicyWords.SHARING.word(memory.sharing());
            root.findPath("memory.groups")
                    .ifPresent(value ->
                            value.reject("contradicts memory.sharing %s, which knows no groups"
                                    .formatted(word)));
        }
        if (memory.sharing() == Sharing.NONE && memory.constantLatency()) {
            root.findPath("memory.constant-latency")
                    .ifPresent(value -> value.reject(
                            "true contradicts memory.sharing none: there is no share to break"));
        }
    }

    /** The same policy with presets where a value has no meaning. */
    static MemoryPolicy withoutMeaningless(MonitorPolicy monitor, MemoryPolicy memory) {
        if (monitor.type() == MonitorPolicy.Type.PHYSICAL) {
            return PolicyDefaults.MEMORY;
        }
        boolean none = memory.sharing() == Sharing.NONE;
        return new MemoryPolicy(
                memory.sharing(),
                memory.sharing() == Sharing.SALTED ? memory.groups() : new TreeMap<>(),
                none ? PolicyDefaults.MEMORY.scanRate() : memory.scanRate(),
                memory.overcommit(),
                memory.limit(),
                memory.reservation(),
                memory.shares(),
                memory.balloon(),
                memory.swap(),
                memory.zeroOnAllocate(),
                memory.zeroOnFree(),
                !none && memory.constantLatency());
    }
}
