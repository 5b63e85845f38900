package cofferdam.scenarios.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

class KeyFolderTest {

    private static final int WRITERS = 16;

    @TempDir
    Path place;

    @Test
    void makesAKeyAtFirstUseThatOnlyItsOwnerMayRead() throws Exception {
        KeyFolder keys = new KeyFolder(place.resolve("not/there/yet"));
        assertThat(keys.hasKey()).isFalse();
        keys.key();
        assertThat(keys.hasKey()).isTrue();
        assertThat(permissions(keys.file())).isEqualTo("rw-------");
        assertThat(permissions(keys.file().getParent())).isEqualTo("rwx------");
        assertThat(names(keys.file().getParent()))
                .containsExactly("signing-key.pem", "signing-key.pub.pem");
    }

    @Test
    void givesTheSameKeyEverAfter() throws Exception {
        KeyFolder keys = new KeyFolder(place);
        String first = keys.key().publicHalf().fingerprint();
        assertThat(keys.key().publicHalf().fingerprint()).isEqualTo(first);
        assertThat(VerifyingKey.read(place.resolve("signing-key.pub.pem")).fingerprint())
                .isEqualTo(first);
    }

    @Test
    void allWhoComeFirstAtOnceGetTheSameKey() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path folder = place.resolve("round-" + round);
            assertThat(fingerprintsOfAllAtOnce(folder))
                    .hasSize(WRITERS)
                    .containsOnly(new KeyFolder(folder).key().publicHalf().fingerprint());
            assertThat(names(folder)).containsExactly("signing-key.pem", "signing-key.pub.pem");
        }
    }

    private static List<String> fingerprintsOfAllAtOnce(Path folder) throws Exception {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        Callable<String> writer = () -> {
            start.await();
            return new KeyFolder(folder).key().publicHalf().fingerprint();
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<String>> started = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                started.add(threads.submit(writer));
            }
            List<String> fingerprints = new ArrayList<>();
            for (Future<String> one : started) {
                fingerprints.add(one.get());
            }
            return fingerprints;
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(place.resolve("file"), "");
        assertThatThrownBy(() -> new KeyFolder(file.resolve("cofferdam")).key())
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("no key can be made in");
    }

    @Test
    void aKeyThatIsThereButIsNoneIsLeftAsItIs() throws Exception {
        Path file = Files.writeString(place.resolve("signing-key.pem"), "precious");
        assertThatThrownBy(() -> new KeyFolder(place).key())
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("is no PEM file");
        assertThat(file).hasContent("precious");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
