package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.InvalidFileException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What else the keys of a policy could say: every value that another policy has, and every word of a
 * policy file that its reader takes for the key.
 */
public final class PolicyChoices {

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Set<String> FLAGS = Set.of("true", "false");

    /** By how many policies a word is tried; some words hold only with others. */
    private static final int PROBED = 4;

    private final List<Policy> known;
    private final NavigableSet<String> words;

    /** From these policies, which are to be as different as there are. */
    public PolicyChoices(List<Policy> known) {
        this.known = List.copyOf(known);
        NavigableSet<String> all = new TreeSet<>();
        for (Policy policy : known) {
            PolicyKeys.of(policy).values().stream()
                    .filter(value -> WORD.matcher(value).matches())
                    .filter(value -> !FLAGS.contains(value))
                    .forEach(all::add);
        }
        PolicyWords.all().forEach(each -> all.addAll(each.all()));
        words = Collections.unmodifiableNavigableSet(all);
    }

    /**
     * Changes of one key each, none of them twice, in an order that depends on nothing else. Some of
     * them hold only together with others.
     */
    public List<PolicyChange> of(Policy policy) {
        Set<PolicyChange> changes = new LinkedHashSet<>();
        known.forEach(other -> changes.addAll(PolicyKeys.differences(policy, other)));
        PolicyKeys.of(policy).forEach((key, value) -> changes.addAll(words(key, value)));
        return List.copyOf(changes);
    }

    private List<PolicyChange> words(String key, String value) {
        if (FLAGS.contains(value)) {
            return List.of(new PolicyChange(key, String.valueOf(!Boolean.parseBoolean(value))));
        }
        if (!WORD.matcher(value).matches()) {
            return List.of();
        }
        List<PolicyChange> changes = new ArrayList<>();
        for (String word : words) {
            PolicyChange change = new PolicyChange(key, word);
            if (!word.equals(value) && isWordOf(change)) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Whether some policy can say so. */
    private boolean isWordOf(PolicyChange change) {
        return known.stream().limit(PROBED).anyMatch(policy -> {
            try {
                Map<String, String> keys = PolicyKeys.of(PolicyKeys.with(policy, List.of(change)));
                return change.value().equals(keys.get(change.key()));
            } catch (InvalidFileException e) {
                return false;
            }
        });
    }
}
