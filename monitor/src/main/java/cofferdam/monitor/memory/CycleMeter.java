package cofferdam.monitor.memory;

/** Where the time that the monitor takes from a guest is charged: its time-stamp counter. */
@FunctionalInterface
public interface CycleMeter {

    /** The guest's clock goes on by so many cycles. */
    void charge(long cycles);
}
