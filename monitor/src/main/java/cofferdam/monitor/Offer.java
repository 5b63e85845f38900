package cofferdam.monitor;

import java.util.function.Function;

/** A machine's answer when it is asked for a capability. */
public sealed interface Offer<C> {

    /** The machine has it. */
    record Available<C>(C capability) implements Offer<C> {}

    /** The machine has it not; the reason is for people, without a full stop. */
    record Missing<C>(String reason) implements Offer<C> {}

    /** The capability, or else the exception made from the reason. */
    default <X extends Throwable> C orElseThrow(Function<String, X> exception) throws X {
        return switch (this) {
            case Available<C> available -> available.capability();
            case Missing<C> missing -> throw exception.apply(missing.reason());
        };
    }
}
