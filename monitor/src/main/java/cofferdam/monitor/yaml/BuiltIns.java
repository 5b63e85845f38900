package cofferdam.monitor.yaml;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of one kind that come with the program, beside those of the user. */
public final class BuiltIns<T> {

    private final String kind;
    private final Map<String, T> byName;
    private final FromPath<T> fromPath;

    /** Reads a file of this kind. */
    public interface FromPath<T> {
        T read(Path path) throws InvalidFileException;
    }

    /** Reads a file of this kind that is in memory. */
    public interface FromBytes<T> {
        T read(String name, byte[] bytes) throws InvalidFileException;
    }

    /**
     * These, in the map's order.
     *
     * @param kind what messages call one of them, such as {@code policy}
     */
    public BuiltIns(String kind, Map<String, T> byName, FromPath<T> fromPath) {
        this.kind = kind;
        this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        this.fromPath = fromPath;
    }

    /**
     * Reads a resource of the program and closes it. The caller opens it, because a module's
     * resources are its own.
     *
     * @throws IllegalStateException if it is missing or wrong
     */
    public static <T> T resource(String name, @Nullable InputStream resource, FromBytes<T> reader) {
        if (resource == null) {
            throw new IllegalStateException("resource %s is missing".formatted(name));
        }
        try (resource) {
            return reader.read(name, resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidFileException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** All of them. */
    public List<T> all() {
        return List.copyOf(byName.values());
    }

    /** The one of that name. */
    public Optional<T> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The one of that name, or else the file at that path.
     *
     * @throws InvalidFileException if it is neither, or the file is wrong
     */
    public T load(String nameOrPath) throws InvalidFileException {
        Optional<T> builtIn = named(nameOrPath);
        if (builtIn.isPresent()) {
            return builtIn.get();
        }
        return fromPath.read(path(nameOrPath).orElseThrow(() -> unknown(nameOrPath)));
    }

    /** The path, if it looks like one or there is something. */
    private static Optional<Path> path(String text) {
        try {
            Path path = Path.of(text);
            boolean meant = path.getNameCount() > 1 || path.isAbsolute() || text.endsWith(".yaml");
            return meant || Files.exists(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private InvalidFileException unknown(String text) {
        String names = String.join(", ", byName.keySet());
        String hint = NearMiss.hint(text, byName.keySet());
        return new Problems(Quoted.escaped(text))
                .with(
                        Position.NONE,
                        "neither a built-in %s (%s) nor a file%s".formatted(kind, names, hint));
    }
}
