package cofferdam.monitor.memory;

import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MemoryPolicy.Sharing;
import cofferdam.monitor.policy.MemoryPolicy.Swap;

import java.util.Map;
import java.util.TreeMap;

/** Memory policies, one property at a time. */
final class Rules {

    private Sharing sharing = Sharing.NONE;
    private Map<String, String> groups = Map.of();
    private int scanRate = 10_000;
    private int overcommit = 100;
    private int limit = 100;
    private int reservation;
    private Map<String, Integer> shares = Map.of();
    private boolean balloon;
    private Swap swap = Swap.NONE;
    private boolean zeroOnAllocate;
    private boolean zeroOnFree;
    private boolean constantLatency;

    /** Nothing is shared, taken back or cleared. */
    static Rules plain() {
        return new Rules();
    }

    Rules sharing(Sharing value) {
        sharing = value;
        return this;
    }

    Rules groups(Map<String, String> value) {
        groups = value;
        return this;
    }

    Rules scanRate(int value) {
        scanRate = value;
        return this;
    }

    Rules overcommit(int value) {
        overcommit = value;
        return this;
    }

    Rules limit(int value) {
        limit = value;
        return this;
    }

    Rules reservation(int value) {
        reservation = value;
        return this;
    }

    Rules shares(Map<String, Integer> value) {
        shares = value;
        return this;
    }

    Rules balloon() {
        return balloon(true);
    }

    Rules balloon(boolean value) {
        balloon = value;
        return this;
    }

    Rules swap(Swap value) {
        swap = value;
        return this;
    }

    Rules zeroOnAllocate(boolean value) {
        zeroOnAllocate = value;
        return this;
    }

    Rules zeroOnFree(boolean value) {
        zeroOnFree = value;
        return this;
    }

    Rules constantLatency(boolean value) {
        constantLatency = value;
        return this;
    }

    MemoryPolicy policy() {
        return new MemoryPolicy(
                sharing,
                new TreeMap<>(groups),
                scanRate,
                overcommit,
                limit,
                reservation,
                new TreeMap<>(shares),
                balloon,
                swap,
                zeroOnAllocate,
                zeroOnFree,
                constantLatency);
    }
}
