package cofferdam.monitor.memory;

import cofferdam.monitor.policy.MemoryPolicy;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** Which guests' identical pages may become one, as numbers. */
final class TrustGroups {

    private static final int EVERYBODY = 0;

    private final MemoryPolicy policy;
    private final Map<String, Integer> named = new HashMap<>();
    private int last = EVERYBODY;

    TrustGroups(MemoryPolicy policy) {
        this.policy = policy;
    }

    /** The group of a machine that starts now. */
    int of(String machine) {
        return switch (policy.sharing()) {
            case ZERO_PAGE, INTER_VM -> EVERYBODY;
            case NONE, INTRA_VM -> ++last;
            case SALTED -> salted(policy.groups().get(machine));
        };
    }

    // A machine that is in no group gets a number that no group has, whatever the groups' names
    // are.
    private int salted(@Nullable String group) {
        return group == null ? ++last : named.computeIfAbsent(group, name -> ++last);
    }
}
