package cofferdam.monitor.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** Days of the calendar as text: four digits of a year, two of a month, two of a day. */
public final class DateText {

    /** The parser of the library also takes signs and longer years. */
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private DateText() {}

    /** The day; empty if the text is none, or the calendar has no such day. */
    public static Optional<LocalDate> parse(String text) {
        if (!DATE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
