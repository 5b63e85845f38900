package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.RunningSystem.Sabotage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** What root does to destroy its own system. */
final class Saboteur {

    private final Kernel kernel;
    private final RootFiles files;
    private final Log log;

    Saboteur(Kernel kernel, RootFiles files, Log log) {
        this.kernel = kernel;
        this.files = files;
        this.log = log;
    }

    void act(Sabotage sabotage) {
        String how = sabotage.name().toLowerCase(Locale.ROOT).replace('_', '-');
        switch (sabotage) {
            case REMOVE_ESSENTIAL_FILES -> log.sabotaged(how, deleteFiles());
            case KILL_INIT -> {
                log.sabotaged(how, "");
                kernel.killInit();
            }
            case OVERWRITE_KERNEL -> {
                log.sabotaged(how, "");
                kernel.text().overwrite();
            }
            case TRIPLE_FAULT -> {
                log.sabotaged(how, "");
                kernel.interrupts().clear();
                kernel.interrupts().raise(InterruptTable.INVALID_OPCODE);
            }
            case HANG -> {
                log.sabotaged(how, "");
                kernel.loop();
            }
        }
    }

    /** What went wrong, or empty. */
    private String deleteFiles() {
        String problem = "";
        for (String path : EssentialFiles.PATHS) {
            try {
                files.delete(path);
            } catch (NoSuchFileException e) {
                problem = "%s did not exist".formatted(path);
            } catch (IOException e) {
                problem = "%s: %s".formatted(path, e.getMessage());
            }
        }
        return problem;
    }
}
