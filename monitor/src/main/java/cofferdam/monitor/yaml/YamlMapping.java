package cofferdam.monitor.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping in a file. What is wrong with it is recorded, not thrown. */
public final class YamlMapping {

    private final String label;
    private final Position position;
    private final Problems problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** A value and the place of its key. */
    private record Entry(Position key, YamlValue value) {}

    YamlMapping(String label, YamlNode.Mapping node, Problems problems) {
        this.label = label;
        this.position = node.position();
        this.problems = problems;
        node.entries().forEach(this::put);
    }

    /** Where the problems of this file are gathered. */
    public Problems problems() {
        return problems;
    }

    /** Where it begins. */
    public Position position() {
        return position;
    }

    /** Records every key that is not one of these. */
    public YamlMapping allow(List<String> known) {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(entry.key(), unknown(key, known));
            }
        });
        return this;
    }

    /** Records every key that is not a name, in a mapping whose keys are the user's own. */
    public YamlMapping allowNames() {
        entries.forEach((key, entry) -> {
            if (!YamlValue.isName(key)) {
                problems.add(entry.key(), "key %s%s is not a name".formatted(Quoted.of(key), in()));
            }
        });
        return this;
    }

    /** The key's value; empty if the key is not there. */
    public Optional<YamlValue> find(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** The value at the end of keys separated by dots; empty if there is none. */
    public Optional<YamlValue> findPath(String path) {
        int dot = path.indexOf('.');
        return dot < 0
                ? find(path)
                : find(path.substring(0, dot))
                        .flatMap(YamlValue::peek)
                        .flatMap(mapping -> mapping.findPath(path.substring(dot + 1)));
    }

    /** The key's value; empty, and a problem, if the key is not there. */
    public Optional<YamlValue> require(String key) {
        Optional<YamlValue> value = find(key);
        if (value.isEmpty()) {
            problems.add(position, "missing key '%s'%s".formatted(key, in()));
        }
        return value;
    }

    /** The keys and their values, in the order of the file. */
    public Map<String, YamlValue> values() {
        Map<String, YamlValue> values = new LinkedHashMap<>();
        entries.forEach((key, entry) -> values.put(key, entry.value()));
        return values;
    }

    private void put(YamlNode.Entry entry) {
        String name = Quoted.escaped(entry.key());
        String path = label.isEmpty() ? name : label + "." + name;
        var value = new YamlValue(path, entry.value(), problems);
        entries.put(entry.key(), new Entry(entry.position(), value));
    }

    private String unknown(String key, List<String> known) {
        return "unknown key %s%s, known are %s%s"
                .formatted(
                        Quoted.of(key), in(), String.join(", ", known), NearMiss.hint(key, known));
    }

    private String in() {
        return label.isEmpty() ? "" : " in " + label;
    }
}
