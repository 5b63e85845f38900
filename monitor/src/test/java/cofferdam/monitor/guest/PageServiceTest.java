package cofferdam.monitor.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.LoadClient;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.guest.TestSegment.Host;
import cofferdam.monitor.packet.Ethernet;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Pages, discarded datagrams and generated ones between machines on one hub. */
class PageServiceTest {

    private static final Duration SPAN = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final byte[] LOST = {};

    private final TestSegment segment = new TestSegment();
    private final Host source = segment.add("source");
    private final Host vm1 = segment.add("vm1");
    private final List<Integer> requests = new ArrayList<>();

    private Event.ServiceMeasured measure(int rate) {
        long start = segment.time.now();
        Operation operation = source.network().loadClient().request(vm1, rate, SPAN, "label");
        assertThat(operation.done()).isFalse();
        assertThat(segment.time.until(operation::done, LIMIT)).isTrue();
        Event.ServiceMeasured measured = segment.events.stream()
                .filter(Event.ServiceMeasured.class::isInstance)
                .map(Event.ServiceMeasured.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(measured.time() - measured.span()).isEqualTo(start);
        assertThat(measured.span()).isEqualTo(SPAN.plus(LoadClient.PATIENCE).toNanos());
        return measured;
    }

    /** Requests take so long, or are refused where that is negative. */
    private void serve(Duration duration) {
        vm1.network().pageHandler((request, answered) -> {
            requests.add(request);
            if (duration.isNegative()) {
                return false;
            }
            segment.time.after(duration, answered);
            return true;
        });
    }

    private static boolean isPage(byte[] frame) {
        return frame.length > 1000 && Ethernet.etherType(frame) == Ethernet.IPV4;
    }

    private static boolean carries(byte[] frame, String text) {
        return new String(frame, StandardCharsets.ISO_8859_1).contains(text);
    }

    @Test
    void aMachineWithoutAHandlerAnswersAtOnce() {
        Event.ServiceMeasured measured = measure(100);

        assertThat(measured.actor()).isEqualTo("source");
        assertThat(measured.subject()).isEqualTo("vm1");
        assertThat(measured.label()).isEqualTo("label");
        assertThat(measured.sent()).isEqualTo(200);
        assertThat(measured.answered()).isEqualTo(200);
        assertThat(measured.median()).isPositive().isLessThan(1_000_000);
    }

    @Test
    void requestsGoOutAtTheRateInEqualSteps() {
        List<Long> times = new ArrayList<>();
        vm1.network().pageHandler((request, answered) -> times.add(segment.time.now()));
        measure(3);

        assertThat(times).hasSize(6);
        for (int i = 2; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(333_000_000L, 334_000_000L);
        }
    }

    @Test
    void anAnswerGoesOutWhenTheHandlerIsDone() {
        serve(Duration.ofMillis(250));
        Event.ServiceMeasured measured = measure(50);

        assertThat(requests).hasSize(100).isSorted().doesNotHaveDuplicates();
        assertThat(measured.answered()).isEqualTo(100);
        assertThat(measured.median()).isBetween(250_000_000L, 251_000_000L);
        assertThat(measured.worst()).isBetween(250_000_000L, 253_000_000L);
    }

    @Test
    void anAnswerThatComesTooLateIsNone() {
        serve(LoadClient.PATIENCE.plusMillis(1));

        Event.ServiceMeasured measured = measure(50);

        assertThat(measured.answered()).isZero();
        assertThat(measured.median()).isZero();
        assertThat(measured.worst()).isZero();
    }

    @Test
    void whatTheHandlerRefusesIsNotAnswered() {
        serve(Duration.ofMillis(-1));

        assertThat(measure(50).answered()).isZero();
        assertThat(requests).hasSize(100);
    }

    @Test
    void aHandlerThatAnswersTwiceIsHeardOnce() {
        vm1.network().pageHandler((request, answered) -> {
            answered.run();
            answered.run();
            return true;
        });
        measure(50);

        assertThat(segment.frames.stream().filter(PageServiceTest::isPage)).hasSize(100);
    }

    @Test
    void requestsThatAreLostAreNotAnswered() {
        int[] count = {0};
        segment.alter(frame -> isPage(frame) && count[0]++ % 4 == 0 ? LOST : frame);

        assertThat(measure(100).answered()).isEqualTo(150);
    }

    @Test
    void aPageWithAnotherContentIsNoAnswer() {
        segment.alter(frame -> {
            if (!isPage(frame)) {
                return frame;
            }
            byte[] altered = frame.clone();
            altered[altered.length - 1] ^= 1;
            altered[40] = 0;
            altered[41] = 0;
            return altered;
        });

        assertThat(measure(100).answered()).isZero();
    }

    @Test
    void ratesAndSpansThatMakeNoSenseAreRefused() {
        LoadClient client = source.network().loadClient();
        assertThatThrownBy(() -> client.request(vm1, 0, SPAN, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.request(vm1, 1, Duration.ZERO, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.request(vm1, 100_000, Duration.ofSeconds(10), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("999999");
    }

    @Test
    void discardedDatagramsAreNotAnswered() {
        assertThat(vm1.network().sendDiscard(source.address(), 1400)).isFalse();
        segment.time.pass(Duration.ofSeconds(1));
        segment.frames.clear();

        assertThat(vm1.network().sendDiscard(source.address(), 1400)).isTrue();
        segment.time.pass(Duration.ofSeconds(1));

        assertThat(segment.frames).hasSize(1);
        assertThat(segment.frames.getFirst()).hasSize(14 + 20 + 8 + 1400);
        assertThat(carries(segment.frames.getFirst(), "cofferdam discard=000001"))
                .isTrue();
    }

    @Test
    void datagramsToDiscardAreHeldToTheirLimits() {
        for (int bytes : new int[] {0, 23, 1473}) {
            assertThatThrownBy(() -> vm1.network().sendDiscard(source.address(), bytes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toString(bytes));
        }
    }

    @Test
    void whoAsksForTrafficIsSentIt() {
        for (int i = 0; i < 10; i++) {
            assertThat(vm1.network().askForTraffic(source.address())).isTrue();
        }
        segment.time.pass(Duration.ofSeconds(3));

        assertThat(segment.frames.stream().filter(frame -> carries(frame, "last characters=")))
                .hasSize(10)
                .allMatch(frame -> frame.length == 14 + 20 + 8 + 1400);
    }

    @Test
    void whoIsNotAnsweredAsksNoMoreUntilItHasWaited() {
        segment.alter(frame -> isPage(frame) ? LOST : frame);
        int asked = 0;
        while (vm1.network().askForTraffic(source.address())) {
            asked++;
        }
        assertThat(asked).isEqualTo(512);

        segment.time.pass(Duration.ofMillis(999));
        assertThat(vm1.network().askForTraffic(source.address())).isFalse();
        segment.time.pass(Duration.ofMillis(1002));

        assertThat(vm1.network().askForTraffic(source.address())).isTrue();
    }

    @Test
    void whoIsAnsweredMayAskAgainAtOnce() {
        for (int i = 0; i < 2000; i++) {
            assertThat(vm1.network().askForTraffic(source.address())).isTrue();
            segment.time.pass(Duration.ofMillis(3));
        }
    }
}
