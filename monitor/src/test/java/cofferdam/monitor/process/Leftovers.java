package cofferdam.monitor.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds processes of work folders by their environment and command line, as a user could. */
final class Leftovers {

    private Leftovers() {}

    /** The command lines of all processes that belong to work folders in the folder. */
    static List<String> of(Path parent) {
        String mark = "COFFERDAM_WORK=" + parent;
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .filter(process -> text(process, "environ").contains(mark)
                            || text(process, "cmdline").contains(parent + "/cofferdam-"))
                    .map(process -> process.getFileName() + " " + text(process, "cmdline"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path process, String file) {
        try {
            return Files.readString(process.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
