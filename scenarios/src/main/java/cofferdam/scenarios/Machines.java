package cofferdam.scenarios;

import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the names of machines. */
final class Machines {

    private static final Words<String> WORDS = Vocabulary.machineWords();

    private Machines() {}

    /** One machine. */
    static Optional<String> one(YamlValue value) {
        return value.choice(WORDS);
    }

    /** From {@code minimum} to {@code maximum} machines, none of them twice. */
    static List<String> list(YamlValue list, int minimum, int maximum) {
        List<String> machines = new ArrayList<>();
        for (YamlValue value : list.list(minimum, maximum)) {
            Optional<String> machine = one(value);
            if (machine.filter(machines::contains).isPresent()) {
                value.reject("names '%s' twice".formatted(machine.get()));
            }
            machine.ifPresent(machines::add);
        }
        return machines;
    }
}
