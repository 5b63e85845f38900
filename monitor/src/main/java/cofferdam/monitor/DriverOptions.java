package cofferdam.monitor;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a user says of how real guests are started; monitors without real guests have no use for it.
 *
 * @param kernel the file of a stock kernel that guests boot; empty for the one that is found
 * @param modules the folder of that kernel's modules; empty for the one that belongs to it
 */
public record DriverOptions(Optional<Path> kernel, Optional<Path> modules) {

    /** Everything as it is found. */
    public static final DriverOptions NONE = new DriverOptions(Optional.empty(), Optional.empty());
}
