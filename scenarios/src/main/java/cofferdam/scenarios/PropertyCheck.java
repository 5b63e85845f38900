package cofferdam.scenarios;

import java.util.List;

/**
 * A property that a scenario asks for.
 *
 * @param property its name
 * @param subject the machine, or the two machines whose exchange, it is about
 * @param observer the machine from whose vantage it is judged, or empty where the property has none
 */
public record PropertyCheck(String property, List<String> subject, String observer) {

    public PropertyCheck {
        subject = List.copyOf(subject);
    }
}
