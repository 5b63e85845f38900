package cofferdam.scenarios;

import cofferdam.analysis.Analysis;
import cofferdam.analysis.Property;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Attacks;
import cofferdam.monitor.policy.Guests;
import cofferdam.monitor.yaml.Words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The names that scenario files may use.
 *
 * @param attacks what a scenario can start
 * @param properties what a scenario can ask for
 * @param single those of the properties that are about one machine, not about two
 * @param observed those of the properties that are judged from the vantage of an observer
 */
public record Vocabulary(
        List<Attack> attacks, List<String> properties, List<String> single, List<String> observed) {

    /** The machines of every topology. */
    public static final List<String> MACHINES =
            Stream.concat(Stream.of("source", "host"), Guests.NAMES.stream()).toList();

    /** The host's guests, which can have memory with a system running in it. */
    static final List<String> GUESTS = Guests.NAMES;

    /** The host's guests, which can have a disk in its storage. */
    static final List<String> WITH_DISKS = List.of("vm1", "vm2");

    /** Who can be in a virtual LAN. */
    static final List<String> WITH_NETWORK = withNetwork();

    private static List<String> withNetwork() {
        List<String> machines = new ArrayList<>(List.of("source", "host"));
        machines.addAll(Guests.NAMES);
        return List.copyOf(machines);
    }

    public Vocabulary {
        attacks = List.copyOf(attacks);
        properties = List.copyOf(properties);
        single = List.copyOf(single);
        observed = List.copyOf(observed);
    }

    /** All attacks and all properties there are. */
    public static Vocabulary builtIn() {
        List<Property> properties = Analysis.properties();
        return new Vocabulary(
                Attacks.all(),
                properties.stream().map(Property::id).toList(),
                properties.stream()
                        .filter(property -> property.subjects() == 1)
                        .map(Property::id)
                        .toList(),
                properties.stream().filter(Property::observed).map(Property::id).toList());
    }

    static Words<String> machineWords() {
        return words(MACHINES);
    }

    Words<String> propertyWords() {
        return words(properties);
    }

    Words<Attack> attackWords() {
        Map<String, Attack> byName = new LinkedHashMap<>();
        attacks.forEach(attack -> byName.put(attack.name(), attack));
        return Words.of(byName);
    }

    static Words<String> words(List<String> names) {
        Map<String, String> byName = new LinkedHashMap<>();
        names.forEach(name -> byName.put(name, name));
        return Words.of(byName);
    }
}
