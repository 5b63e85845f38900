package cofferdam.attacks;

import java.time.Duration;
import java.util.List;

/** Something of an attack that a scenario may set. */
public sealed interface Setting {

    /** Its key in scenarios. */
    String name();

    /** One line that says what it does. */
    String summary();

    /** A whole number from {@code minimum} to {@code maximum}. */
    record Count(String name, String summary, int preset, int minimum, int maximum)
            implements Setting {}

    /** A length of time from {@code minimum} to {@code maximum}. */
    record Span(String name, String summary, Duration preset, Duration minimum, Duration maximum)
            implements Setting {}

    /** One of some words; the first of them is the preset. */
    record Choice(String name, String summary, List<String> values) implements Setting {
        public Choice {
            values = List.copyOf(values);
        }
    }
}
