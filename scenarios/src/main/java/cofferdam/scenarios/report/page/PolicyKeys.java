package cofferdam.scenarios.report.page;

import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyFile;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A policy's keys, each with its whole name, as its file has them with every key explicit. */
final class PolicyKeys {

    private static final Pattern LINE = Pattern.compile("( *)([a-z0-9-]+):(?: (.*))?");
    private static final Pattern ITEM = Pattern.compile(" *- (.*)");
    private static final Set<String> TOLD_ELSEWHERE =
            Set.of("policy", "summary", "sources", "accept");

    private PolicyKeys() {}

    static Map<String, String> of(Policy policy) {
        Map<String, String> keys = new LinkedHashMap<>();
        Deque<Level> levels = new ArrayDeque<>();
        for (String line : PolicyFile.write(policy).split("\n", -1)) {
            read(line, levels, keys);
        }
        return Collections.unmodifiableMap(keys);
    }

    private record Level(int indent, String name) {}

    private static void read(String line, Deque<Level> levels, Map<String, String> keys) {
        Matcher item = ITEM.matcher(line);
        if (item.matches()) {
            if (!levels.isEmpty() && !TOLD_ELSEWHERE.contains(levels.getLast().name())) {
                keys.merge(
                        levels.getLast().name(), item.group(1), (one, other) -> one + ", " + other);
            }
            return;
        }
        Matcher key = LINE.matcher(line);
        if (!key.matches()) {
            return;
        }
        int indent = key.group(1).length();
        while (!levels.isEmpty() && levels.getLast().indent() >= indent) {
            levels.removeLast();
        }
        String name =
                levels.isEmpty() ? key.group(2) : levels.getLast().name() + "." + key.group(2);
        levels.addLast(new Level(indent, name));
        boolean told = TOLD_ELSEWHERE.stream()
                .anyMatch(other -> name.equals(other) || name.startsWith(other + "."));
        if (key.group(3) != null && !told) {
            keys.put(name, key.group(3));
        }
    }
}
