/**
 * Scenarios and policies as files, the runner, and the command line. The program; nothing uses it.
 */
module cofferdam.scenarios {
    requires cofferdam.analysis;
    requires cofferdam.attacks;
    requires cofferdam.monitor;
    requires info.picocli;
    requires java.xml;
    requires me.tongfei.progressbar;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    // The manifest is read and written as JSON by reflection.
    opens cofferdam.scenarios.bundle to
            tools.jackson.databind;
    opens cofferdam.scenarios.cli to
            info.picocli;
}
