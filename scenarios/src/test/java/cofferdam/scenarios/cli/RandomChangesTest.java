package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.scenarios.bundle.OldBundles;
import cofferdam.scenarios.signature.KeyFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** One byte somewhere in a bundle is another, is gone, or is one too many. */
class RandomChangesTest {

    private static final int SIGNED_ROUNDS = 1000;
    private static final int UNSIGNED_ROUNDS = 300;

    @TempDir
    Path folder;

    @Test
    void everyChangedByteOfASignedBundleIsFoundAndNamed() throws Exception {
        KeyFolder keys = new KeyFolder(folder.resolve("keys"));
        keys.key();
        Path bundle = folder.resolve("bundle");
        Program.run(
                "run",
                OldBundles.scenario().toString(),
                "--policy",
                "virtual-server-1.0",
                "--out",
                bundle.toString(),
                "--key",
                keys.file().toString());
        changeAndVerify(bundle, SIGNED_ROUNDS);
    }

    /**
     * Whoever changes more than one byte needs no key there; one byte is found all the same. It may
     * be the manifest's own that differs from the file's.
     */
    @Test
    void everyChangedByteOfAnUnsignedBundleIsFound() throws Exception {
        Path bundle = OldBundles.copy(OldBundles.version(1), folder.resolve("bundle"));
        changeAndVerify(bundle, UNSIGNED_ROUNDS, "--unsigned");
    }

    private static void changeAndVerify(Path bundle, int rounds, String... options)
            throws IOException {
        assertThat(verify(bundle, options).exitCode()).isZero();
        List<Path> files = files(bundle);
        for (long seed = 0; seed < rounds; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            Path file = files.get(random.nextInt(files.size()));
            byte[] original = Files.readAllBytes(file);
            Files.write(file, changed(original, random));
            Program.Finished finished = verify(bundle, options);
            String what = "seed %d: a byte of %s; %s".formatted(seed, file, finished.out());
            assertThat(finished.exitCode()).as(what).isEqualTo(1);
            String name = bundle.relativize(file).toString();
            assertThat(finished.out())
                    .as(what)
                    .contains(name.startsWith("manifest.") ? "manifest" : name);
            Files.write(file, original);
        }
        assertThat(verify(bundle, options).exitCode()).isZero();
    }

    private static List<Path> files(Path bundle) throws IOException {
        try (Stream<Path> paths = Files.walk(bundle)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static byte[] changed(byte[] original, RandomGenerator random) {
        int at = random.nextInt(original.length);
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(original, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> changed.write(original[at] ^ (1 << random.nextInt(8)));
            case 1 -> changed.write(original[at] + random.nextInt(1, 256));
            case 2 -> {
                changed.write(random.nextInt(256));
                changed.write(original[at]);
            }
            case 3 -> {
                // It is gone.
            }
            default -> throw new IllegalStateException();
        }
        changed.write(original, at + 1, original.length - at - 1);
        return changed.toByteArray();
    }

    private static Program.Finished verify(Path bundle, String... options) {
        String[] arguments = Stream.concat(
                        Stream.of("verify", "--quiet", bundle.toString()), Stream.of(options))
                .toArray(String[]::new);
        return Program.run(arguments);
    }
}
