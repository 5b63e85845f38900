package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlFile;
import cofferdam.monitor.yaml.YamlText;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A policy as keys and values: what a policy file says, without its name and words for people. Knows
 * no key of the network by name, so that a new one needs nothing here.
 *
 * <p>A key is a path such as {@code network.promiscuous}. A mapping such as {@code mac-table} is a
 * key for each of its parts where two policies have the same parts, and one key where they do not.
 */
public final class PolicyKeys {

    private static final Set<String> WORDS_FOR_PEOPLE =
            Set.of("policy", "summary", "sources", "accept");

    private static final String BASE = "base";

    /** Decided by a type that is given, unless it is given too. */
    private static final String CONSOLE = "monitor.console-sees";

    private PolicyKeys() {}

    /** Every key that means something in this policy, with its value, in the order of a file. */
    public static Map<String, String> of(Policy policy) {
        Map<String, String> keys = new LinkedHashMap<>();
        configuration(policy).forEach((path, value) -> {
            if (value instanceof Map<?, ?> parts && !parts.isEmpty()) {
                parts.forEach((part, each) -> keys.put(path + "." + part, text(each)));
            } else {
                keys.put(path, text(value));
            }
        });
        return keys;
    }

    /**
     * What has to be changed in one policy so that it is configured as another. A key that has no
     * meaning in the other is left as it is.
     */
    public static List<PolicyChange> differences(Policy from, Policy to) {
        Map<String, Object> before = configuration(from);
        List<PolicyChange> changes = new ArrayList<>();
        configuration(to).forEach((path, value) -> {
            boolean reset = path.equals(CONSOLE) && from.monitor().type() != to.monitor().type();
            addDifference(changes, path, reset ? null : before.get(path), value);
        });
        return changes;
    }

    private static void addDifference(
            List<PolicyChange> changes, String path, @Nullable Object before, Object after) {
        if (after.equals(before)) {
            return;
        }
        if (before instanceof Map<?, ?> old
                && after instanceof Map<?, ?> parts
                && old.keySet().equals(parts.keySet())) {
            parts.forEach((part, value) -> {
                if (!value.equals(old.get(part))) {
                    changes.add(new PolicyChange(path + "." + part, text(value)));
                }
            });
            return;
        }
        changes.add(new PolicyChange(path, text(after)));
    }

    /**
     * The same policy with these keys changed. Whatever loses its meaning by that is left out.
     *
     * @throws InvalidFileException if the keys cannot hold together, or there is no such key or value
     */
    public static Policy with(Policy policy, Collection<PolicyChange> changes)
            throws InvalidFileException {
        String file = "policy: %s\nbased-on: %s\n%s"
                .formatted(policy.name(), BASE, snippet(policy, changes));
        return new PolicyReader(
                        YamlFile.parse(policy.name(), file.getBytes(StandardCharsets.UTF_8)),
                        Words.of(Map.of(BASE, policy)))
                .read();
    }

    /**
     * The changes as they stand in a policy file that is based on this policy.
     *
     * @return lines of YAML, each ended by a line feed
     */
    public static String snippet(Policy policy, Collection<PolicyChange> changes) {
        SortedMap<String, List<String>> sections = new TreeMap<>();
        lines(policy, changes).forEach((path, value) -> {
            int dot = path.indexOf('.');
            String section = dot < 0 ? path + ": " + value : path.substring(0, dot) + ":";
            List<String> lines = sections.computeIfAbsent(section, name -> new ArrayList<>());
            if (dot >= 0) {
                lines.add("  " + path.substring(dot + 1) + ": " + value);
            }
        });
        StringBuilder snippet = new StringBuilder();
        sections.forEach((section, lines) -> {
            snippet.append(section).append('\n');
            lines.forEach(line -> snippet.append(line).append('\n'));
        });
        return snippet.toString();
    }

    /** What stands behind each key of a section: a mapping is there with all of its parts. */
    private static SortedMap<String, String> lines(
            Policy policy, Collection<PolicyChange> changes) {
        Map<String, Object> before = configuration(policy);
        SortedMap<String, String> lines = new TreeMap<>();
        Map<String, Map<String, String>> mappings = new LinkedHashMap<>();
        for (PolicyChange change : changes) {
            String whole = whole(change.key());
            if (whole.equals(change.key())) {
                lines.put(whole, change.value());
                continue;
            }
            Map<String, String> parts =
                    mappings.computeIfAbsent(whole, path -> parts(before.get(path)));
            parts.put(change.key().substring(whole.length() + 1), change.value());
            List<String> words = new ArrayList<>();
            parts.forEach((part, value) -> words.add(part + ": " + value));
            lines.put(whole, "{" + String.join(", ", words) + "}");
        }
        return lines;
    }

    /** The part of a key's path that stands in a section. */
    private static String whole(String key) {
        int section = key.indexOf('.');
        int part = section < 0 ? -1 : key.indexOf('.', section + 1);
        return part < 0 ? key : key.substring(0, part);
    }

    private static Map<String, String> parts(@Nullable Object mapping) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (mapping instanceof Map<?, ?> known) {
            known.forEach((part, value) -> parts.put(String.valueOf(part), text(value)));
        }
        return parts;
    }

    /** What a policy file says of each key of each section, by its path. */
    private static Map<String, Object> configuration(Policy policy) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        PolicyWriter.tree(policy).forEach((section, value) -> {
            if (WORDS_FOR_PEOPLE.contains(section)) {
                return;
            }
            if (value instanceof Map<?, ?> keys) {
                keys.forEach((key, each) -> configuration.put(section + "." + key, each));
            } else {
                configuration.put(section, value);
            }
        });
        return configuration;
    }

    private static String text(Object value) {
        return YamlText.onOneLine(value);
    }
}
