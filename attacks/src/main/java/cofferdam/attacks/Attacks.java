package cofferdam.attacks;

import java.util.List;
import java.util.Optional;

/** The attacks there are. */
public final class Attacks {

    private static final List<Attack> ALL = List.of();

    private Attacks() {}

    /** All of them, by name. */
    public static List<Attack> all() {
        return ALL;
    }

    /** The attack of that name. */
    public static Optional<Attack> named(String name) {
        return ALL.stream().filter(attack -> attack.name().equals(name)).findFirst();
    }
}
