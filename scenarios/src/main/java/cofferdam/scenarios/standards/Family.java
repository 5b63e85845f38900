package cofferdam.scenarios.standards;

import java.util.List;

/**
 * A standard or a catalogue.
 *
 * @param id lower-case letters, digits and hyphens
 * @param name its title
 * @param source the document and its version
 * @param requirements in the document's order
 */
public record Family(String id, String name, String source, List<Requirement> requirements) {

    public Family {
        requirements = List.copyOf(requirements);
    }
}
