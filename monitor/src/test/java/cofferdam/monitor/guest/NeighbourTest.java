package cofferdam.monitor.guest;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.guest.tcp.VirtualTime;
import cofferdam.monitor.packet.Ipv4Packet;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ageing of an entry, as {@code neigh_timer_handler} of Linux has it. */
class NeighbourTest {

    private static final Duration REACHABLE_TIME = Duration.ofSeconds(30);
    private static final Ipv4Address ADDRESS = Ipv4Address.parse("10.0.0.2");
    private static final MacAddress FIRST = MacAddress.parse("02:00:00:00:00:02");
    private static final MacAddress SECOND = MacAddress.parse("02:00:00:00:00:99");

    private final VirtualTime time = new VirtualTime();
    private final long start = time.now();
    private final List<String> log = new ArrayList<>();
    private final Neighbour<Ipv4Address, Ipv4Packet> neighbour =
            new Neighbour<>(ADDRESS, time, REACHABLE_TIME, new Recorder());

    private final class Recorder implements Neighbour.Surroundings<Ipv4Address, Ipv4Packet> {
        @Override
        public void solicit(Ipv4Address address, Optional<MacAddress> known) {
            note(known.map(hardware -> "ask " + hardware).orElse("ask all"));
        }

        @Override
        public void transmit(Ipv4Packet packet, MacAddress destination) {
            note("packet %d to %s".formatted(packet.identification(), destination));
        }

        @Override
        public void changed(Ipv4Address address, MacAddress hardware, String cause) {
            note("changed to %s".formatted(hardware));
        }

        @Override
        public void unreachable(Ipv4Address address) {
            note("unreachable");
        }

        private void note(String what) {
            log.add("%d %s".formatted((time.now() - start) / 1_000_000, what));
        }
    }

    private void send(int number) {
        neighbour.send(new Ipv4Packet(ADDRESS, ADDRESS, number, 64, 17, new byte[0]));
    }

    private void answer(MacAddress hardware) {
        neighbour.update(hardware, NeighbourState.REACHABLE, true, "test");
    }

    private void announce(MacAddress hardware) {
        neighbour.update(hardware, NeighbourState.STALE, true, "test");
    }

    private void pass(int seconds) {
        time.pass(Duration.ofSeconds(seconds));
    }

    @Test
    void unansweredEntryAsksEverybodyThreeTimesAndFails() {
        send(1);
        pass(10);

        assertThat(log)
                .containsExactly("0 ask all", "1000 ask all", "2000 ask all", "3000 unreachable");
        assertThat(neighbour.state()).isEqualTo(NeighbourState.FAILED);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void failedEntryAsksAgainForTheNextPacketButHasForgottenTheOthers() {
        send(1);
        pass(10);
        log.clear();
        send(2);
        answer(FIRST);

        assertThat(log)
                .containsExactly(
                        "10000 ask all", "10000 changed to " + FIRST, "10000 packet 2 to " + FIRST);
    }

    @Test
    void packetsWaitForTheAddressInOrder() {
        send(1);
        send(2);
        answer(FIRST);
        send(3);

        assertThat(log)
                .containsExactly(
                        "0 ask all",
                        "0 changed to " + FIRST,
                        "0 packet 1 to " + FIRST,
                        "0 packet 2 to " + FIRST,
                        "0 packet 3 to " + FIRST);
    }

    @Test
    void oldestWaitingPacketMakesRoom() {
        for (int i = 0; i < Neighbour.MAXIMUM_WAITING + 5; i++) {
            send(i);
        }
        log.clear();
        answer(FIRST);

        assertThat(log).hasSize(1 + Neighbour.MAXIMUM_WAITING);
        assertThat(log.get(1)).isEqualTo("0 packet 5 to " + FIRST);
    }

    @Test
    void unusedEntryGrowsStaleAfterTheReachableTime() {
        send(1);
        answer(FIRST);
        pass(29);
        assertThat(neighbour.state()).isEqualTo(NeighbourState.REACHABLE);
        pass(2);

        assertThat(neighbour.state()).isEqualTo(NeighbourState.STALE);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void entryInUseIsCheckedAfterAFurtherDelayWithUnicast() {
        send(1);
        answer(FIRST);
        pass(28);
        send(2);
        log.clear();
        pass(3);
        assertThat(neighbour.state()).isEqualTo(NeighbourState.DELAY);
        pass(20);

        assertThat(log)
                .containsExactly(
                        "35000 ask " + FIRST,
                        "36000 ask " + FIRST,
                        "37000 ask " + FIRST,
                        "38000 unreachable");
        assertThat(neighbour.state()).isEqualTo(NeighbourState.FAILED);
    }

    @Test
    void staleEntryIsUsedAtOnceAndCheckedLater() {
        announce(FIRST);
        assertThat(neighbour.state()).isEqualTo(NeighbourState.STALE);
        send(1);
        assertThat(neighbour.state()).isEqualTo(NeighbourState.DELAY);
        assertThat(log).last().isEqualTo("0 packet 1 to " + FIRST);
        pass(6);
        assertThat(neighbour.state()).isEqualTo(NeighbourState.PROBE);

        answer(FIRST);
        assertThat(neighbour.state()).isEqualTo(NeighbourState.REACHABLE);
    }

    @Test
    void confirmationFromAboveSparesTheProbe() {
        announce(FIRST);
        send(1);
        pass(3);
        neighbour.confirm();
        pass(3);

        assertThat(neighbour.state()).isEqualTo(NeighbourState.REACHABLE);
        assertThat(log).noneMatch(line -> line.contains("ask"));
    }

    @Test
    void confirmationProlongsTheReachableTime() {
        send(1);
        answer(FIRST);
        pass(20);
        neighbour.confirm();
        pass(20);
        assertThat(neighbour.state()).isEqualTo(NeighbourState.REACHABLE);
        pass(11);

        assertThat(neighbour.state()).isEqualTo(NeighbourState.STALE);
    }

    @Test
    void confirmationOfTheOldAddressIsNotOneOfTheNew() {
        announce(FIRST);
        send(1);
        neighbour.confirm();
        announce(SECOND);
        send(2);
        pass(6);

        assertThat(neighbour.state()).isEqualTo(NeighbourState.PROBE);
        assertThat(log).contains("5000 ask " + SECOND);
    }

    @Test
    void announcementOfTheSameAddressLeavesTheStateAlone() {
        send(1);
        answer(FIRST);
        announce(FIRST);

        assertThat(neighbour.state()).isEqualTo(NeighbourState.REACHABLE);
    }

    @Test
    void announcementOfAnotherAddressMakesTheEntryStale() {
        send(1);
        answer(FIRST);
        announce(SECOND);

        assertThat(neighbour.state()).isEqualTo(NeighbourState.STALE);
        assertThat(neighbour.hardware()).isEqualTo(SECOND);
    }

    @Test
    void entryIsLockedForASecondAfterAChange() {
        send(1);
        answer(FIRST);
        time.pass(Neighbour.LOCK_TIME);
        assertThat(neighbour.locked()).isTrue();

        time.pass(Duration.ofNanos(1));
        assertThat(neighbour.locked()).isFalse();
    }

    @Test
    void discardedEntryDoesNothingMore() {
        send(1);
        neighbour.discard();
        pass(10);

        assertThat(log).containsExactly("0 ask all");
        assertThat(time.waiting()).isZero();
    }
}
