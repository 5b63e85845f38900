package cofferdam.scenarios.standards;

import cofferdam.monitor.yaml.BuiltIns;
import cofferdam.monitor.yaml.NearMiss;

import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue of requirements that scenarios can name. */
public final class Standards {

    private static final String FILE = "catalogue.yaml";

    private static final Standards BUILT_IN = new Standards(builtInFamilies());

    private final List<Family> families;
    private final Map<String, Requirement> byId;

    /** These families; no two of their requirements have one id. */
    public Standards(List<Family> families) {
        this.families = List.copyOf(families);
        Map<String, Requirement> requirements = new LinkedHashMap<>();
        for (Family family : families) {
            for (Requirement requirement : family.requirements()) {
                if (requirements.put(requirement.id(), requirement) != null) {
                    throw new IllegalArgumentException(
                            "id '%s' is there twice".formatted(requirement.id()));
                }
            }
        }
        byId = Collections.unmodifiableMap(requirements);
    }

    /** The catalogue that comes with Cofferdam. */
    public static Standards builtIn() {
        return BUILT_IN;
    }

    /** The standards and catalogues. */
    public List<Family> families() {
        return families;
    }

    /** The requirement of that id. */
    public Optional<Requirement> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** What is wrong with an id, with the one that was probably meant; empty if it is known. */
    public Optional<String> problem(String id) {
        return byId.containsKey(id)
                ? Optional.empty()
                : Optional.of("is in no standard of the catalogue (see 'cofferdam list coverage')"
                        + NearMiss.hint(id, byId.keySet()));
    }

    private static List<Family> builtInFamilies() {
        InputStream in = Standards.class.getResourceAsStream(FILE);
        return BuiltIns.resource(FILE, in, CatalogueFile::parse);
    }
}
