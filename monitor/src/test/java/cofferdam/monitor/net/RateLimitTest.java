package cofferdam.monitor.net;

import static cofferdam.monitor.address.MacAddress.BROADCAST;
import static cofferdam.monitor.net.Bed.SOURCE;
import static cofferdam.monitor.net.Bed.VM1;
import static cofferdam.monitor.net.Bed.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.policy.NetworkPolicy.Permission;
import cofferdam.monitor.policy.NetworkPolicy.Promiscuous;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

/** A policy that limits guests' ports to 2 Mbit/s, in frames of 1250 bytes: 200 a second. */
final class RateLimitTest {

    private static final int BYTES = 1250;
    private static final int SECONDS = 10;

    private final Bed bed = new Bed(Policies.open().rateLimit(2_000_000)).acquainted();

    private Set<String> send(Bed on, String port, MacAddress from, MacAddress to) {
        return on.send(port, Arrays.copyOf(Bed.frame(from, to), BYTES));
    }

    /** A thousand frames a second; how many came out at that port. */
    private int flood(Bed on, String port, MacAddress from, MacAddress to, String at) {
        int out = 0;
        for (int i = 0; i < SECONDS * 1000; i++) {
            out += send(on, port, from, to).contains(at) ? 1 : 0;
            on.timeline.pass(Duration.ofMillis(1));
        }
        return out;
    }

    @Test
    void aGuestSendsNoMoreThanItsRateAndABurst() {
        assertThat(flood(bed, "vm1", VM1, SOURCE, "uplink"))
                .isBetween(SECONDS * 200, SECONDS * 200 + 25);
        assertThat(bed.drops()).containsOnlyKeys("vm1 rate-limit");
    }

    @Test
    void aGuestIsSentNoMoreThanItsRateAndABurst() {
        assertThat(flood(bed, "uplink", SOURCE, VM1, "vm1"))
                .isBetween(SECONDS * 200, SECONDS * 200 + 25);
        assertThat(bed.drops()).containsOnlyKeys("vm1 rate-limit");
    }

    @Test
    void theLimitIsOfEachPortAndEachDirection() {
        flood(bed, "vm1", VM1, SOURCE, "uplink");
        assertThat(send(bed, "vm1", VM1, SOURCE)).isEmpty();

        assertThat(send(bed, "vm2", VM2, SOURCE)).containsExactly("uplink");
        assertThat(send(bed, "uplink", SOURCE, VM1)).containsExactly("vm1");
    }

    @Test
    void whatOnePortIsRefusedTheOthersStillGet() {
        flood(bed, "uplink", SOURCE, VM1, "vm1");

        assertThat(send(bed, "uplink", SOURCE, BROADCAST)).containsExactly("vm2", "vm3");
    }

    @Test
    void theUplinkIsNotLimited() {
        for (int i = 0; i < 1000; i++) {
            send(bed, "uplink", SOURCE, VM1);
        }
        bed.timeline.pass(Duration.ofSeconds(1));

        assertThat(send(bed, "uplink", SOURCE, VM1)).containsExactly("vm1");
        assertThat(bed.drops()).doesNotContainKey("uplink rate-limit");
    }

    @Test
    void whatOtherFiltersDropCountsAsTheirs() {
        Bed strict = new Bed(
                        Policies.open().forgedTransmits(Permission.REJECT).rateLimit(2_000_000))
                .acquainted();
        for (int i = 0; i < 1000; i++) {
            send(strict, "vm2", VM1, SOURCE);
        }

        assertThat(strict.drops()).containsOnlyKeys("vm2 forged-transmits");
        assertThat(send(strict, "vm2", VM2, SOURCE)).containsExactly("uplink");
    }

    @Test
    void copiesForWhoListensCountAgainstItsOwnPort() {
        Bed open = new Bed(Policies.open().promiscuous(Promiscuous.ACCEPT).rateLimit(2_000_000))
                .acquainted();
        open.port("vm2").promiscuous(true);
        for (int i = 0; i < 1000; i++) {
            send(open, "uplink", SOURCE, VM1);
        }

        assertThat(open.drops()).containsOnlyKeys("vm1 rate-limit", "vm2 rate-limit");
    }

    @Test
    void withoutALimitNothingIsDropped() {
        Bed free = new Bed(Policies.open()).acquainted();

        assertThat(flood(free, "vm1", VM1, SOURCE, "uplink")).isEqualTo(SECONDS * 1000);
        assertThat(free.drops()).isEmpty();
    }
}
