package cofferdam.scenarios.cli;

import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.bundle.BundleWriter;
import cofferdam.scenarios.signature.SigningKey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A bundle that somebody changes and then signs anew, so that neither a hash nor the signature
 * gives it away.
 */
final class Forgery {

    private final SortedMap<String, byte[]> files = new TreeMap<>();

    /** Begins with all of a bundle's files. */
    static Forgery of(Path bundle) throws IOException {
        Forgery forgery = new Forgery();
        try (Stream<Path> paths = Files.walk(bundle)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = bundle.relativize(path).toString();
                if (!name.startsWith("manifest.")) {
                    forgery.files.put(name, Files.readAllBytes(path));
                }
            }
        }
        return forgery;
    }

    /** Replaces text in every file whose name ends so, of which there must be one that changes. */
    Forgery replace(String ending, String wanted, String instead) {
        return edit(
                ending,
                bytes -> new String(bytes, StandardCharsets.UTF_8)
                        .replace(wanted, instead)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Changes every file whose name ends so, of which there must be one that changes. */
    Forgery edit(String ending, UnaryOperator<byte[]> change) {
        boolean changed = false;
        for (String name :
                files.keySet().stream().filter(n -> n.endsWith(ending)).toList()) {
            byte[] before = files.get(name);
            byte[] after = change.apply(before);
            changed |= !Arrays.equals(before, after);
            files.put(name, after);
        }
        if (!changed) {
            throw new IllegalArgumentException("nothing was changed in " + ending);
        }
        return this;
    }

    Forgery add(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    Forgery remove(String ending) {
        if (!files.keySet().removeIf(name -> name.endsWith(ending))) {
            throw new IllegalArgumentException("there is nothing to remove of " + ending);
        }
        return this;
    }

    byte[] file(String ending) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().endsWith(ending))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    Path sign(Path out, String version, SigningKey key) throws BundleException {
        try (BundleWriter writer = BundleWriter.create(out, version, Optional.of(key))) {
            for (var file : files.entrySet()) {
                writer.add(file.getKey(), file.getValue());
            }
            writer.complete();
        }
        return out;
    }
}
