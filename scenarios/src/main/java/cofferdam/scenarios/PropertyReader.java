package cofferdam.scenarios;

import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.util.List;
import java.util.Optional;

/** Reads one property that a scenario asks for. */
final class PropertyReader {

    private static final List<String> KEYS = List.of("property", "subject", "observer");

    private final Vocabulary vocabulary;

    PropertyReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    Optional<PropertyCheck> read(YamlMapping mapping) {
        mapping.allow(KEYS);
        Optional<String> property = mapping.require("property")
                .flatMap(value -> value.choice(vocabulary.propertyWords()));
        // An exchange has two ends.
        int subjects = property.filter(vocabulary.single()::contains).isPresent() ? 1 : 2;
        List<String> subject = mapping.require("subject")
                .map(value -> Machines.list(value, subjects, subjects))
                .orElse(List.of());
        Optional<String> observer = observer(mapping, property.orElse(""), subject);
        return property.map(name -> new PropertyCheck(name, subject, observer.orElse("")));
    }

    private Optional<String> observer(YamlMapping mapping, String property, List<String> subject) {
        Optional<YamlValue> given = vocabulary.observed().contains(property)
                ? mapping.require("observer")
                : mapping.find("observer");
        Optional<String> observer = given.flatMap(Machines::one);
        if (observer.isPresent() && subject.contains(observer.get())) {
            given.orElseThrow().reject("'%s' is one of the subject".formatted(observer.get()));
        }
        if (vocabulary.properties().contains(property)
                && !vocabulary.observed().contains(property)) {
            given.ifPresent(value -> value.reject("has no meaning for " + property));
        }
        return observer;
    }
}
