package cofferdam.scenarios.cli;

import cofferdam.scenarios.bundle.Bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from a page to the files that it links to.
 *
 * @param folder that the page lies in, without links
 */
record Way(Path folder) {

    /**
     * From a page that is to be written.
     *
     * @throws BadInputException if its folder is not there
     */
    static Way from(Path page) throws BadInputException {
        Path parent = page.toAbsolutePath().getParent();
        try {
            if (parent == null || page.getFileName() == null) {
                throw new BadInputException("'%s' is no file".formatted(page));
            }
            return new Way(parent.toRealPath());
        } catch (IOException e) {
            throw new BadInputException("'%s' cannot be written: %s".formatted(page, e));
        }
    }

    /** The names of the folders that lead there. */
    List<String> to(Path bundle) throws IOException {
        List<String> names = new ArrayList<>();
        folder.relativize(bundle.toRealPath()).forEach(part -> names.add(part.toString()));
        names.removeIf(String::isEmpty);
        return names;
    }

    /**
     * A page within a bundle would be a file that its manifest does not know.
     *
     * @throws BadInputException if the page is to lie within that bundle or any other
     */
    void requireOutside(Path bundle) throws IOException, BadInputException {
        if (folder.startsWith(bundle.toRealPath())) {
            throw within(bundle);
        }
        for (Path above = folder; above != null; above = above.getParent()) {
            if (Bundle.isAt(above)) {
                throw within(above);
            }
        }
    }

    private static BadInputException within(Path bundle) {
        return new BadInputException(
                "the page would lie in the bundle '%s', whose files must stay as they are; name another place with --out"
                        .formatted(bundle));
    }
}
