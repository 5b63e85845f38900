package cofferdam.attacks;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of an attack's settings, complete: what a scenario did not set has its preset. */
public record SettingValues(
        Map<String, Integer> counts, Map<String, Duration> spans, Map<String, String> choices) {

    public SettingValues {
        counts = Map.copyOf(counts);
        spans = Map.copyOf(spans);
        choices = Map.copyOf(choices);
    }

    /**
     * The presets of these settings, overridden by the given values, whose limits the caller has
     * checked.
     */
    public static SettingValues of(
            List<Setting> settings,
            Map<String, Integer> givenCounts,
            Map<String, Duration> givenSpans,
            Map<String, String> givenChoices) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Duration> spans = new HashMap<>();
        Map<String, String> choices = new HashMap<>();
        for (Setting setting : settings) {
            switch (setting) {
                case Setting.Count count ->
                    counts.put(
                            count.name(), givenCounts.getOrDefault(count.name(), count.preset()));
                case Setting.Span span ->
                    spans.put(span.name(), givenSpans.getOrDefault(span.name(), span.preset()));
                case Setting.Choice choice ->
                    choices.put(
                            choice.name(),
                            givenChoices.getOrDefault(
                                    choice.name(), choice.values().getFirst()));
            }
        }
        return new SettingValues(counts, spans, choices);
    }

    /** The value of a {@link Setting.Count}. */
    public int count(String name) {
        Integer value = counts.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no count setting '%s'".formatted(name));
        }
        return value;
    }

    /** The value of a {@link Setting.Span}. */
    public Duration span(String name) {
        Duration value = spans.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no span setting '%s'".formatted(name));
        }
        return value;
    }

    /** The value of a {@link Setting.Choice}. */
    public String choice(String name) {
        String value = choices.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no choice setting '%s'".formatted(name));
        }
        return value;
    }
}
