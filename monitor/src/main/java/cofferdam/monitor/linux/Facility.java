package cofferdam.monitor.linux;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Offer;

import java.util.Optional;

/** Some of what a machine can do. */
interface Facility {

    /** The capability, or why the machine has none of that kind; empty if others may know. */
    <C extends Capability> Optional<Offer<C>> offer(Class<C> kind);

    /** Offers a capability that is there. */
    static <C extends Capability> Optional<Offer<C>> available(
            Class<C> kind, Capability capability) {
        return Optional.of(new Offer.Available<>(kind.cast(capability)));
    }

    /** Says why one is not there: without a full stop. */
    static <C extends Capability> Optional<Offer<C>> missing(String reason) {
        return Optional.of(new Offer.Missing<>(reason));
    }
}
