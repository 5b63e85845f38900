package cofferdam.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A running host: its machines, its clock, and everything that must be given back at the end. */
public interface Host extends AutoCloseable {

    /**
     * The machines, always in the same order. The host's own operating system is the machine {@code
     * host}.
     */
    List<Machine> machines();

    /**
     * The machine of that name; empty if this host has none, as separate physical machines have no
     * {@code host}.
     */
    default Optional<Machine> machine(String name) {
        return machines().stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst();
    }

    /** Why this host has no machine of that name: for people, without a full stop. */
    String absence(String name);

    /**
     * Keeps every image file of the host in the evidence as it is now.
     *
     * @param moment when this is, for the evidence
     */
    void keepImages(String moment);

    /** The clock by which this host lives. */
    Timeline timeline();

    /**
     * Lets the host live until the condition holds or the limit has passed on its clock.
     *
     * @return whether the condition held
     */
    boolean await(BooleanSupplier condition, Duration limit);

    @Override
    void close();
}
