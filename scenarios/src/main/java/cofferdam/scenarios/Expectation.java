package cofferdam.scenarios;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is expected of one property of one scenario.
 *
 * @param verdicts for each policy that something is expected of, by the policy's name
 * @param origin where the expectation comes from
 * @param basis the place in the source, or the reasoning, for people
 */
public record Expectation(
        String scenario,
        String property,
        Map<String, ExpectedVerdict> verdicts,
        Origin origin,
        String basis) {

    /** Where an expectation comes from. */
    public enum Origin {
        /** Somebody tested it. */
        TESTED,
        /** Nobody tested it; it follows from the configuration that the policy models. */
        IMPLIED
    }

    public Expectation {
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    }
}
