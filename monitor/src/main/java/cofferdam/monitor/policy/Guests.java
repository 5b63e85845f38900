package cofferdam.monitor.policy;

import java.util.List;
import java.util.stream.IntStream;

/** The guests that a host can have. */
public final class Guests {

    /** The most guests of one host. */
    public static final int MAXIMUM = 16;

    /** The guests' names, {@code vm1} to {@code vm16}. */
    public static final List<String> NAMES =
            IntStream.rangeClosed(1, MAXIMUM).mapToObj(number -> "vm" + number).toList();

    private Guests() {}
}
