package cofferdam.monitor.initramfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The program that is all of a guest's tools. It must be linked statically, because a guest has no
 * shared libraries; Debian's package {@code busybox-static} is. Which tools it has is read from its
 * own table of names, so nothing is run.
 */
public final class BusyBox {

    /** The largest program, in bytes; Debian's has 2 MB. */
    private static final int LIMIT = 16 << 20;

    private static final List<Path> PLACES =
            List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));
    private static final String INSTALL = "install the package busybox-static";

    private final Path file;
    private final byte[] content;
    private final List<String> applets;

    private BusyBox(Path file, byte[] content, List<String> applets) {
        this.file = file;
        this.content = content;
        this.applets = applets;
    }

    /**
     * The one that is installed on this computer.
     *
     * @throws UnusablePartException if there is none, or it is not static
     */
    public static BusyBox installed() throws UnusablePartException {
        return firstOf(PLACES);
    }

    static BusyBox firstOf(List<Path> places) throws UnusablePartException {
        List<String> reasons = new ArrayList<>();
        for (Path place : places) {
            if (!Files.isRegularFile(place)) {
                continue;
            }
            try {
                return at(place);
            } catch (UnusablePartException e) {
                reasons.add(e.getMessage());
            }
        }
        String reason = reasons.isEmpty() ? "there is no BusyBox" : reasons.getFirst();
        throw new UnusablePartException(reason + ": " + INSTALL);
    }

    /**
     * The one in that file.
     *
     * @throws UnusablePartException if it cannot be read, is no static program, or no BusyBox
     */
    public static BusyBox at(Path file) throws UnusablePartException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LIMIT + 1);
            return new BusyBox(file, content, checkedApplets(content));
        } catch (IOException e) {
            throw new UnusablePartException(
                    "%s cannot be read: %s".formatted(file, e.getMessage()), e);
        } catch (UnusablePartException e) {
            throw new UnusablePartException(
                    "%s cannot be used: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static List<String> checkedApplets(byte[] content) throws UnusablePartException {
        if (content.length > LIMIT) {
            throw new UnusablePartException("it has more than %d bytes".formatted(LIMIT));
        }
        if (ElfFile.of(content).hasSegment(ElfFile.INTERPRETER)) {
            throw new UnusablePartException(
                    "it needs shared libraries, which a guest does not have");
        }
        List<String> applets = AppletTable.in(content);
        if (!applets.contains("ash")) {
            throw new UnusablePartException("it has no table of applets with a shell");
        }
        return applets;
    }

    /** Where it was found. */
    public Path file() {
        return file;
    }

    /** The names under which it can be called, in order. */
    public List<String> applets() {
        return applets;
    }

    /**
     * Fails unless it has all of these.
     *
     * @throws UnusablePartException if one is missing
     */
    public void require(Collection<String> names) throws UnusablePartException {
        List<String> missing =
                names.stream().filter(name -> !applets.contains(name)).sorted().toList();
        if (!missing.isEmpty()) {
            throw new UnusablePartException(
                    "%s has no %s: %s".formatted(file, String.join(", no ", missing), INSTALL));
        }
    }

    byte[] content() {
        return content.clone();
    }
}
