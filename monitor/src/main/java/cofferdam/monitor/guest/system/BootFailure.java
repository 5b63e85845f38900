package cofferdam.monitor.guest.system;

import java.util.Locale;

/** A guest's operating system does not come up; the message is what its console shows last. */
public final class BootFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** How far it came. */
    public enum Stage {
        FIRMWARE,
        PARTITIONS,
        FILE_SYSTEM,
        KERNEL,
        ESSENTIAL_FILES
    }

    /** It came as far as the stage, and no further. */
    public BootFailure(Stage stage, String message) {
        super("%s: %s".formatted(stage.name().toLowerCase(Locale.ROOT).replace('_', ' '), message));
    }
}
