package cofferdam.monitor.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.linux.RunningGuest;
import cofferdam.monitor.live.RealTime;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a test and a guest say to each other. */
final class Talk {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RealTime time;
    private final RunningGuest guest;
    private final StringBuilder said = new StringBuilder();

    Talk(RealTime time, RunningGuest guest) {
        this.time = time;
        this.guest = guest;
        guest.console()
                .listen(bytes -> said.append(new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    void awaitUp() {
        await("guest is up");
    }

    /** Has the guest run that line, and waits for its end. */
    String run(String line) {
        said.setLength(0);
        tell(line + "; echo \"so\" \"it is\"");
        await("so it is");
        return said.toString();
    }

    void tell(String line) {
        guest.console().send((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private void await(String words) {
        time.await(() -> said.indexOf(words) >= 0 || guest.ended().isPresent(), PATIENCE);
        assertThat(said.toString())
                .as("ended: %s, kernel: %s", guest.ended(), guest.kernelLog())
                .contains(words);
    }
}
