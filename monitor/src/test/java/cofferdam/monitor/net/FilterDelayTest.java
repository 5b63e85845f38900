package cofferdam.monitor.net;

import static cofferdam.monitor.address.MacAddress.BROADCAST;
import static cofferdam.monitor.net.Bed.VM1;
import static cofferdam.monitor.net.Bed.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Wiring;
import cofferdam.monitor.policy.NetworkPolicy.ArpInspection;
import cofferdam.monitor.policy.NetworkPolicy.Permission;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

final class FilterDelayTest {

    private static final Duration DELAY = Duration.ofMillis(500);

    private final Bed bed = new Bed(Policies.open()
            .forgedTransmits(Permission.REJECT)
            .arpInspection(ArpInspection.Stage.AFTER_LEARNING, false)
            .guards(Guarded.not().routers().filterDelay(DELAY).guards()));

    private boolean forgedPasses(String machine) {
        return !bed.send(machine, machine.equals("vm2") ? VM1 : VM2, BROADCAST).isEmpty();
    }

    @Test
    void filtersAreInForceOnlyAfterTheDelay() {
        assertThat(forgedPasses("vm2")).isTrue();
        bed.timeline.pass(DELAY.minusNanos(1));
        assertThat(forgedPasses("vm2")).isTrue();
        bed.timeline.pass(Duration.ofNanos(1));
        assertThat(forgedPasses("vm2")).isFalse();
        assertThat(bed.drops()).containsOnlyKeys("vm2 forged-transmits");
    }

    @Test
    void theDelayBeginsAgainWhenTheLinkComesUpOnThatPortAlone() {
        bed.timeline.pass(DELAY);
        bed.port("vm2").linkDown();
        assertThat(forgedPasses("vm2")).isFalse();
        bed.port("vm2").linkUp();
        assertThat(forgedPasses("vm2")).isTrue();
        assertThat(forgedPasses("vm1")).isFalse();
        bed.timeline.pass(DELAY);
        assertThat(forgedPasses("vm2")).isFalse();
    }

    @Test
    void limitsOfRateAreNeverLate() {
        Bed limited = new Bed(Policies.open()
                .rateLimit(64_000)
                .guards(Guarded.not().filterDelay(DELAY).guards()));
        int sent = 0;
        while (sent < 10_000 && !limited.send("vm2", VM2, BROADCAST).isEmpty()) {
            sent++;
        }
        assertThat(sent).isLessThan(10_000);
    }

    @Test
    void aCableTellsBothEndsThatItIsConnectedAgain() {
        ManualTimeline timeline = new ManualTimeline();
        Link link = Link.virtual(Wiring.LOCAL, timeline, new SplittableRandom(1));
        List<String> heard = new ArrayList<>();
        link.left().attach(listener("left", heard));
        link.right().attach(listener("right", heard));
        link.connect(true);
        link.connect(false);
        link.connect(false);
        link.connect(true);
        link.connect(true);
        assertThat(heard).containsExactly("left down", "right down", "left up", "right up");
    }

    private static FrameSink listener(String name, List<String> heard) {
        return new FrameSink() {
            @Override
            public void accept(byte[] buffer, int offset, int length) {
                heard.add(name + " frame");
            }

            @Override
            public void linkDown() {
                heard.add(name + " down");
            }

            @Override
            public void linkUp() {
                heard.add(name + " up");
            }
        };
    }
}
