package cofferdam.scenarios.cli;

import java.nio.file.Path;
import java.util.Map;

/** Where a user's own settings are kept (XDG Base Directory Specification 0.8). */
final class ConfigurationFolder {

    private ConfigurationFolder() {}

    /** The folder of all programs' settings. */
    static Path base() {
        return base(System.getenv(), System.getProperty("user.home", ""));
    }

    /** Cofferdam's own. */
    static Path own() {
        return base().resolve("cofferdam");
    }

    /** The specification has a relative {@code XDG_CONFIG_HOME} ignored. */
    static Path base(Map<String, String> environment, String home) {
        Path named = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""));
        return named.isAbsolute() ? named : Path.of(home, ".config");
    }
}
