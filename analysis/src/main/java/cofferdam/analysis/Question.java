package cofferdam.analysis;

import java.util.List;

/**
 * What a scenario asks about a run.
 *
 * @param property a {@link Property#id}
 * @param subject the machine, or the two machines whose exchange, it is about
 * @param observer the machine that should not see it, or empty where the property has none
 */
public record Question(String property, List<String> subject, String observer) {

    public Question {
        subject = List.copyOf(subject);
    }
}
