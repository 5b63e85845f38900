package cofferdam.monitor.guest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Programs.Execution;
import cofferdam.monitor.Programs.Stressor;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.evidence.Sha256;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

class GuestKernelTest {

    private static final Canary SECRET = Canary.of(0x0123_4567_89ab_cdefL, 0xfedc_ba98_7654_3210L);

    @Test
    void beatsOnceASecondAlongTheChainOfTheDefinition() {
        Workbench bench = Workbench.booted(16);

        bench.seconds(5);

        List<Event.Heartbeat> beats = bench.events(Event.Heartbeat.class);
        assertThat(beats).hasSize(5);
        String digest = Sha256.of(Workbench.NAME.getBytes(StandardCharsets.UTF_8));
        for (int number = 1; number <= beats.size(); number++) {
            digest = Sha256.of(HexFormat.of().parseHex(digest));
            assertThat(beats.get(number - 1).number()).isEqualTo(number);
            assertThat(beats.get(number - 1).outcome()).isEqualTo(digest);
        }
        assertThat(bench.kernel.up()).isTrue();
    }

    @Test
    void endsTheLeakingProgramWhenNothingIsLeftAndGoesOn() throws Exception {
        Workbench bench = Workbench.booted(8);
        bench.kernel.remember(SECRET, 20);
        Execution leak = bench.kernel.start(Stressor.MEMORY);

        bench.seconds(30);

        assertThat(leak.ended()).isTrue();
        assertThat(bench.events(Event.ProcessEnded.class))
                .singleElement()
                .matches(event -> event.outcome() == ProcessEnd.OUT_OF_MEMORY)
                .matches(event -> event.subject().equals("leak"));
        assertThat(bench.kernel.up()).isTrue();
        assertThat(bench.kernel.recall()).isEqualTo(SECRET.value());
        assertThat(bench.events(Event.Heartbeat.class)).hasSize(30);
    }
}
