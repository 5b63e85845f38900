package cofferdam.monitor.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words that stand in files for the values of a closed set. */
public final class Words<E> {

    private final Map<String, E> values;

    private Words(Map<String, E> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The constants of an enumeration: {@code OWN_PORT} is {@code own-port}. */
    public static <E extends Enum<E>> Words<E> of(Class<E> type) {
        Map<String, E> values = new LinkedHashMap<>();
        for (E value : type.getEnumConstants()) {
            values.put(value.name().toLowerCase(Locale.ROOT).replace('_', '-'), value);
        }
        return new Words<>(values);
    }

    /** These words, in the map's order. */
    public static <E> Words<E> of(Map<String, E> values) {
        return new Words<>(values);
    }

    /** The value of a word. */
    public Optional<E> value(String word) {
        return Optional.ofNullable(values.get(word));
    }

    /** The word of a value. */
    public String word(E value) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no word for " + value));
    }

    /** All words. */
    public Set<String> all() {
        return values.keySet();
    }

    /** The words, separated by commas. */
    @Override
    public String toString() {
        return String.join(", ", values.keySet());
    }
}
