package cofferdam.monitor;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import cofferdam.monitor.initramfs.UnusablePartException;

import java.util.Optional;

/**
 * What a test of a real monitor needs of this computer. Where it is missing the test is skipped with
 * the reason, or fails if the environment variable COFFERDAM_REQUIRE_TOOLS is set.
 */
public final class Requirement {

    private Requirement() {}

    /**
     * Something that a guest is started from, and that may be missing.
     *
     * @param <T> what it is
     */
    @FunctionalInterface
    public interface Part<T> {

        /** Finds it. */
        T find() throws UnusablePartException;
    }

    /** The part, such as {@code Requirement.of(BusyBox::installed)}. */
    public static <T> T of(Part<T> part) {
        try {
            return part.find();
        } catch (UnusablePartException e) {
            return missing(String.valueOf(e.getMessage()));
        }
    }

    /** Goes on only if there is no reason against, as {@link Monitor#unavailable} gives one. */
    public static void met(Optional<String> reasonAgainst) {
        reasonAgainst.ifPresent(Requirement::missing);
    }

    private static <T> T missing(String reason) {
        if (System.getenv("COFFERDAM_REQUIRE_TOOLS") != null) {
            return fail(reason + ", and COFFERDAM_REQUIRE_TOOLS asks for it");
        }
        return abort(reason);
    }
}
