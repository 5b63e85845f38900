package cofferdam.monitor.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds processes of work folders by their environment and command line, as a user could. */
public final class Leftovers {

    private Leftovers() {}

    /** The command lines of all processes that belong to work folders in the folder. */
    public static List<String> of(Path parent) {
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

    /** The work folders of the processes that this one has started. */
    public static SortedSet<Path> ownFolders() {
        SortedSet<Path> folders = new TreeSet<>();
        ProcessHandle.current().descendants().forEach(child -> {
            String environment = text(Path.of("/proc/" + child.pid()), "environ");
            for (String variable : environment.split("\0", -1)) {
                if (variable.startsWith(WorkFolder.MARK + "=")) {
                    folders.add(Path.of(variable.substring(WorkFolder.MARK.length() + 1)));
                }
            }
        });
        return folders;
    }

    private static String text(Path process, String file) {
        try {
            return Files.readString(process.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
