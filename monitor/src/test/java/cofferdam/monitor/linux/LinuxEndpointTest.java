package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Offer;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.guest.FlowText;
import cofferdam.monitor.guest.MailAccount;
import cofferdam.monitor.guest.Residents;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class LinuxEndpointTest {

    private static final FlowId FLOW = FlowId.of(1, 2);
    private static final Duration INTERVAL = Duration.ofMillis(1250);
    private static final Machine SOURCE = new Peer("source");
    private static final Machine NEIGHBOUR = new Peer("vm2");

    private record Peer(String name) implements Machine {
        @Override
        public MacAddress mac() {
            return Residents.SOURCE.mac();
        }

        @Override
        public Ipv4Address address() {
            return Residents.SOURCE.address();
        }

        @Override
        public <C extends Capability> Offer<C> offer(Class<C> capability) {
            return new Offer.Missing<>("not needed here");
        }
    }

    private final FakeGuest guest = FakeGuest.up();
    private final FakeGuest neighbour = FakeGuest.up();
    private final List<Event> events = new ArrayList<>();
    private boolean off;
    private final Endpoint user = new LinuxEndpoint(
            "vm1",
            () -> {
                if (off) {
                    throw new IOException("vm1 is off");
                }
                return guest.console;
            },
            guest,
            events::add,
            new Mailboxes(Map.of("vm2", () -> neighbour.console)));

    @Test
    void aPingIsThatOfTheGuest() {
        Operation ping = user.ping(SOURCE, FLOW, 3, INTERVAL);

        assertThat(guest.heard()).contains("+ping -q -c 3 -i 1.250 -W 2 10.0.0.1");
        assertThat(ping.done()).isFalse();
        guest.raw(FakeGuest.answer(1, 0, "3 packets transmitted, 3 packets received"));
        assertThat(ping.done()).isTrue();
        assertThat(events).hasSize(2).first().isEqualTo(started(FlowKind.PING));
        assertFinished(FlowKind.PING, FlowOutcome.COMPLETED, 3, 3, "");
    }

    @Test
    void aProbeSendsTheTextsOfItsFlow() {
        user.probe(SOURCE, FLOW, 1, INTERVAL);

        assertThat(guest.heard())
                .contains("+nc -w 5 10.0.0.1 7 -e /lib/cofferdam/probe 1 125 " + FLOW);
        guest.raw(FakeGuest.answer(
                1, 0, "sent 1\nreceived " + FlowText.numbered(FLOW, "seq", 1) + "\n"));
        assertFinished(FlowKind.PROBE, FlowOutcome.COMPLETED, 1, 1, "");
    }

    @Test
    void theMailboxIsThereBeforeTheClientLogsIn() {
        Operation login = user.login(NEIGHBOUR, FLOW);

        assertThat(events).hasSize(1);
        assertThat(guest.heard()).isEmpty();
        for (int lines = 4; lines < 200; lines++) {
            neighbour.say("taken " + lines);
        }
        MailAccount account = MailAccount.of("vm2", FLOW);
        assertThat(neighbour.heard())
                .contains("+The secret is " + account.password())
                .anyMatch(line -> line.startsWith("+echo '" + account.password() + " "));
        neighbour.raw(FakeGuest.answer(1, 0, ""));
        assertThat(guest.heard())
                .anyMatch(line -> line.startsWith("+nc -w 20 10.0.0.1 110 -e /lib/cofferdam/login "
                        + account.user() + " " + account.password()));
        guest.raw(FakeGuest.answer(1, 1, "nc: can't connect"));
        assertThat(login.done()).isTrue();
        assertFinished(FlowKind.LOGIN, FlowOutcome.FAILED, 0, 0, "nc: can't connect");
    }

    @Test
    void nobodyKnowsHowALoginWouldHaveGoneToAServerThatTookNoMailbox() {
        Operation login = user.login(NEIGHBOUR, FLOW);
        neighbour.pass(Duration.ofSeconds(11));

        assertThat(login.done()).isTrue();
        assertThat(guest.heard()).isEmpty();
        assertThat(events).last().isInstanceOfSatisfying(Event.FlowFinished.class, end -> {
            assertThat(end.outcome()).isEqualTo(FlowOutcome.UNKNOWN);
            assertThat(end.detail()).startsWith("vm2 took no mailbox: ");
        });
    }

    @Test
    void nobodyKnowsWhatAGuestDidThatIsOnAndDoesNotAnswer() {
        Operation ping = user.ping(SOURCE, FLOW, 2, INTERVAL);
        guest.pass(Duration.ofSeconds(15));

        assertThat(ping.done()).isTrue();
        assertFinished(
                FlowKind.PING,
                FlowOutcome.UNKNOWN,
                0,
                0,
                "'ping -q -c 2 -i 1.250 -W 2 10.0.0.1': no answer within 14500 ms");
    }

    @Test
    void aGuestThatIsOffFails() {
        Endpoint off = new LinuxEndpoint(
                "vm1",
                () -> {
                    throw new IOException("vm1 is off");
                },
                guest,
                events::add,
                new Mailboxes(Map.of()));

        assertThat(off.login(SOURCE, FLOW).done()).isTrue();
        assertFinished(FlowKind.LOGIN, FlowOutcome.FAILED, 0, 0, "vm1 is off");
    }

    @Test
    void aGuestThatIsCutOffMeanwhileFails() {
        user.probe(SOURCE, FLOW, 2, INTERVAL);
        off = true;
        guest.console.end("vm1 is off");

        assertThat(events).last().isInstanceOfSatisfying(Event.FlowFinished.class, end -> {
            assertThat(end.outcome()).isEqualTo(FlowOutcome.FAILED);
            assertThat(end.detail()).endsWith("vm1 is off");
        });
    }

    @ParameterizedTest
    @EnumSource(value = Endpoint.Way.class, names = "IPV4", mode = EnumSource.Mode.EXCLUDE)
    void whatAGuestCannotDoFailsAtOnce(Endpoint.Way way) {
        assertThat(user.ping(SOURCE, way, FLOW, 1, INTERVAL).done()).isTrue();
        assertThat(user.probe(SOURCE, way, FLOW, 1, INTERVAL).done()).isTrue();
        assertThat(user.lease(SOURCE, FLOW).done()).isTrue();

        assertThat(events)
                .filteredOn(Event.FlowFinished.class::isInstance)
                .hasSize(3)
                .allSatisfy(event -> assertThat(((Event.FlowFinished) event).outcome())
                        .isEqualTo(FlowOutcome.FAILED));
        assertFinished(
                FlowKind.LEASE,
                FlowOutcome.FAILED,
                0,
                0,
                "guests of this monitor have no DHCP client");
        assertThat(guest.heard()).isEmpty();
    }

    @Test
    void impossibleRequestsAreRefused() {
        assertThatThrownBy(() -> user.ping(SOURCE, FLOW, 0, INTERVAL))
                .hasMessage("count 0 is not between 1 and 65535");
        assertThatThrownBy(() -> user.probe(SOURCE, FLOW, 1, Duration.ofSeconds(-1)))
                .hasMessage("interval PT-1S is negative");
        assertThat(events).isEmpty();
    }

    private Event started(FlowKind kind) {
        return new Event.FlowStarted(guest.now(), "vm1", "source", kind, FLOW);
    }

    private void assertFinished(
            FlowKind kind, FlowOutcome outcome, int sent, int answered, String detail) {
        assertThat(events).last().isInstanceOfSatisfying(Event.FlowFinished.class, end -> {
            assertThat(end.kind()).isEqualTo(kind);
            assertThat(end.outcome()).isEqualTo(outcome);
            assertThat(end.sent()).isEqualTo(sent);
            assertThat(end.answered()).isEqualTo(answered);
            assertThat(end.detail()).isEqualTo(detail);
        });
    }
}
