/**
 * Scenarios and policies as files, the runner, and the command line. The program; nothing uses it.
 */
module cofferdam.scenarios {
    requires cofferdam.analysis;
    requires cofferdam.attacks;
    requires cofferdam.monitor;
    requires com.fasterxml.jackson.annotation;
    requires info.picocli;
    requires java.xml;
    requires me.tongfei.progressbar;
    requires org.bouncycastle.provider;
    requires org.jline.reader;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    // Manifest and signature are read and written as JSON by reflection.
    opens cofferdam.scenarios.bundle to
            tools.jackson.databind;
    opens cofferdam.scenarios.cli to
            info.picocli;
}
