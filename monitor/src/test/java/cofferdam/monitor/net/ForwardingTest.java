package cofferdam.monitor.net;

import static cofferdam.monitor.address.MacAddress.BROADCAST;
import static cofferdam.monitor.net.Bed.MULTICAST;
import static cofferdam.monitor.net.Bed.SOURCE;
import static cofferdam.monitor.net.Bed.STRANGER;
import static cofferdam.monitor.net.Bed.VM1;
import static cofferdam.monitor.net.Bed.VM2;
import static cofferdam.monitor.net.Bed.VM3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.policy.NetworkPolicy.MacLearning;
import cofferdam.monitor.policy.NetworkPolicy.Mode;
import cofferdam.monitor.policy.NetworkPolicy.UnknownUnicast;
import cofferdam.monitor.policy.NetworkPolicy.WhenFull;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

final class ForwardingTest {

    private static final Policies LEARNING = Policies.open();
    private static final Policies STATIC = Policies.open().macLearning(MacLearning.STATIC);

    @Test
    void learningSwitchSendsToThePortWhereTheDestinationWasHeard() {
        Bed bed = new Bed(LEARNING).acquainted();
        assertThat(bed.send("vm1", VM1, VM2)).containsExactly("vm2");
        assertThat(bed.send("vm2", VM2, VM1)).containsExactly("vm1");
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink");
        assertThat(bed.send("uplink", SOURCE, VM1)).containsExactly("vm1");
    }

    @Test
    void learningSwitchFloodsWhatItDoesNotKnow() {
        Bed bed = new Bed(LEARNING);
        assertThat(bed.send("vm1", VM1, VM2)).containsExactly("uplink", "vm2", "vm3");
        assertThat(bed.send("vm2", VM2, VM1)).containsExactly("vm1");
    }

    @Test
    void groupsFloodButNotBack() {
        for (Policies policies : new Policies[] {LEARNING, STATIC}) {
            Bed bed = new Bed(policies).acquainted();
            assertThat(bed.send("vm1", VM1, BROADCAST)).containsExactly("uplink", "vm2", "vm3");
            assertThat(bed.send("uplink", SOURCE, MULTICAST)).containsExactly("vm1", "vm2", "vm3");
        }
    }

    @Test
    void frameForAStationOnItsOwnPortIsNotForwarded() {
        Bed bed = new Bed(LEARNING).acquainted();
        bed.send("uplink", STRANGER, BROADCAST);
        assertThat(bed.send("uplink", SOURCE, STRANGER)).isEmpty();
        assertThat(new Bed(STATIC).send("vm1", STRANGER, VM1)).isEmpty();
        assertThat(bed.drops()).isEmpty();
    }

    @Test
    void theNewestPortWinsWhenAStationMoves() {
        Bed bed = new Bed(LEARNING).acquainted();
        bed.send("vm2", VM1, BROADCAST);
        assertThat(bed.send("uplink", SOURCE, VM1)).containsExactly("vm2");
        bed.send("vm1", VM1, BROADCAST);
        assertThat(bed.send("uplink", SOURCE, VM1)).containsExactly("vm1");
    }

    @Test
    void stationIsForgottenAfterTheAgeingTime() {
        Bed bed = new Bed(LEARNING).acquainted();
        bed.timeline.pass(Policies.AGEING.minusNanos(1));
        assertThat(bed.send("vm1", VM1, VM2)).containsExactly("vm2");
        bed.timeline.pass(Duration.ofNanos(1));
        assertThat(bed.send("vm1", VM1, VM2)).containsExactly("uplink", "vm2", "vm3");
        assertThat(bed.send("vm2", VM2, VM1)).containsExactly("vm1");
    }

    @Test
    void stationsOfAPortThatLosesItsLinkAreForgotten() {
        Bed bed = new Bed(LEARNING).acquainted();
        bed.port("vm2").linkDown();
        assertThat(bed.send("vm1", VM1, VM2)).hasSize(3);
        assertThat(bed.send("vm1", VM1, VM3)).containsExactly("vm3");
    }

    @Test
    void groupAndZeroSourcesAreNeverLearned() {
        Bed bed = new Bed(LEARNING.unknownUnicast(UnknownUnicast.DROP));
        MacAddress zero = new MacAddress(0);
        assertThat(bed.send("vm1", zero, BROADCAST)).hasSize(3);
        assertThat(bed.send("vm1", MULTICAST, BROADCAST)).hasSize(3);
        assertThat(bed.send("vm2", VM2, zero)).isEmpty();
        assertThat(bed.send("vm2", VM2, MULTICAST)).hasSize(3);
    }

    @Test
    void unknownUnicastIsDroppedIfThePolicySaysSo() {
        Bed bed = new Bed(LEARNING.unknownUnicast(UnknownUnicast.DROP));
        assertThat(bed.send("vm1", VM1, VM2)).isEmpty();
        assertThat(bed.drops()).isEqualTo(Map.of("vm1 unknown-unicast", 1L));
        assertThat(bed.send("vm2", VM2, VM1)).containsExactly("vm1");
        assertThat(bed.send("vm1", VM1, VM2)).containsExactly("vm2");
    }

    @Test
    void fullTableFloodsDropsOrEvicts() {
        Bed flood = new Bed(LEARNING.macTable(2, WhenFull.FLOOD));
        assertThat(overflow(flood)).hasSize(3);
        assertThat(flood.send("uplink", SOURCE, VM1)).containsExactly("vm1");
        assertThat(flood.send("uplink", SOURCE, VM3)).hasSize(3);

        Bed drop = new Bed(LEARNING.macTable(2, WhenFull.DROP));
        assertThat(overflow(drop)).isEmpty();
        assertThat(drop.drops()).isEqualTo(Map.of("vm3 mac-table", 1L));

        Bed evict = new Bed(LEARNING.macTable(2, WhenFull.EVICT));
        assertThat(overflow(evict)).hasSize(3);
        assertThat(evict.send("vm2", VM2, VM3)).containsExactly("vm3");
        assertThat(evict.send("vm2", VM2, VM1)).hasSize(3);
    }

    private static Set<String> overflow(Bed bed) {
        bed.send("vm1", VM1, BROADCAST);
        bed.timeline.pass(Duration.ofNanos(1));
        bed.send("vm2", VM2, BROADCAST);
        bed.timeline.pass(Duration.ofNanos(1));
        return bed.send("vm3", VM3, BROADCAST);
    }

    @Test
    void staticFabricKnowsEveryGuestBeforeItSpeaksAndSendsStrangersToTheUplink() {
        Bed bed = new Bed(STATIC);
        assertThat(bed.send("vm1", VM1, VM2)).containsExactly("vm2");
        assertThat(bed.send("uplink", SOURCE, VM2)).containsExactly("vm2");
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink");
        assertThat(bed.send("uplink", SOURCE, STRANGER)).isEmpty();
    }

    @Test
    void staticFabricDoesNotBelieveSourceAddresses() {
        Bed bed = new Bed(STATIC).acquainted();
        bed.send("vm2", VM1, BROADCAST);
        assertThat(bed.send("uplink", SOURCE, VM1)).containsExactly("vm1");
    }

    @Test
    void staticFabricDropsStrangersIfThePolicySaysSo() {
        Bed bed = new Bed(STATIC.unknownUnicast(UnknownUnicast.DROP));
        assertThat(bed.send("vm1", VM1, SOURCE)).isEmpty();
        assertThat(bed.drops()).isEqualTo(Map.of("vm1 unknown-unicast", 1L));
        assertThat(bed.send("vm1", VM1, VM2)).containsExactly("vm2");
    }

    @Test
    void staticFabricDeliversToEveryPortWithTheAddress() {
        Bed bed = new Bed(STATIC);
        bed.port("vm2").addressChanged(VM1);
        assertThat(bed.send("uplink", SOURCE, VM1)).containsExactly("vm1", "vm2");
        assertThat(bed.send("vm1", VM1, VM2)).containsExactly("uplink");
        bed.port("vm2").addressChanged(VM2);
        assertThat(bed.send("uplink", SOURCE, VM1)).containsExactly("vm1");
    }

    @Test
    void hubSendsEverythingToAllOthers() {
        Bed bed = new Bed(Policies.open().mode(Mode.SHARED)).acquainted();
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink", "vm2", "vm3");
        assertThat(bed.send("uplink", SOURCE, VM1)).containsExactly("vm1", "vm2", "vm3");
        assertThat(bed.send("vm2", VM2, BROADCAST)).containsExactly("uplink", "vm1", "vm3");
    }

    @Test
    void switchWithoutLearningKnowsNobody() {
        Policies off = Policies.open().macLearning(MacLearning.OFF);
        assertThat(new Bed(off).acquainted().send("vm1", VM1, VM2)).hasSize(3);
        Bed dropping = new Bed(off.unknownUnicast(UnknownUnicast.DROP)).acquainted();
        assertThat(dropping.send("vm1", VM1, VM2)).isEmpty();
        assertThat(dropping.send("vm1", VM1, BROADCAST)).hasSize(3);
    }

    @Test
    void bytesAreDeliveredUnchanged() {
        Bed bed = new Bed(LEARNING).acquainted();
        byte[] frame = Bed.frame(VM1, VM2);
        frame[59] = 77;
        byte[] buffer = new byte[200];
        System.arraycopy(frame, 0, buffer, 100, frame.length);
        bed.received.get("vm2").frames.clear();
        bed.port("vm1").accept(buffer, 100, frame.length);
        assertThat(bed.received.get("vm2").frames).containsExactly(frame);
    }

    @Test
    void frameWithoutAWholeHeaderIsLost() {
        Bed bed = new Bed(LEARNING);
        byte[] runt = Arrays.copyOf(Bed.frame(VM1, BROADCAST), 13);
        assertThat(bed.send("vm1", runt)).isEmpty();
        assertThat(bed.send("vm1", Arrays.copyOf(runt, 14))).hasSize(3);
        assertThatThrownBy(() -> bed.port("vm1").accept(runt, 0, 14))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void fabricHasNoMoreThan64Ports() {
        Fabric fabric = Fabrics.plainSwitch(() -> 0);
        Recorder last = new Recorder();
        FabricPort first = fabric.attachUplink("0", new Recorder());
        for (int i = 1; i < 64; i++) {
            fabric.attachUplink(Integer.toString(i), last);
        }
        byte[] frame = Bed.frame(VM1, BROADCAST);
        first.accept(frame, 0, frame.length);
        assertThat(last.frames).hasSize(63);
        assertThatThrownBy(() -> fabric.attachUplink("64", last))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("64");
    }

    @Test
    void plainSwitchLearnsFloodsWhenFullAndForgetsAfter300Seconds() {
        ManualTimeline timeline = new ManualTimeline();
        Fabric fabric = Fabrics.plainSwitch(timeline::now);
        Recorder host = new Recorder();
        Recorder other = new Recorder();
        FabricPort source = fabric.attachUplink("source", new Recorder());
        FabricPort hostPort = fabric.attachUplink("host", host);
        fabric.attachUplink("other", other);
        for (int i = 0; i < 8192; i++) {
            byte[] frame = Bed.frame(new MacAddress(0x02_00_00_01_00_00L + i), BROADCAST);
            hostPort.accept(frame, 0, frame.length);
        }
        byte[] late = Bed.frame(VM1, BROADCAST);
        hostPort.accept(late, 0, late.length);
        other.frames.clear();
        byte[] known = Bed.frame(SOURCE, new MacAddress(0x02_00_00_01_00_00L + 8191));
        byte[] unknown = Bed.frame(SOURCE, VM1);
        source.accept(known, 0, known.length);
        assertThat(other.frames).isEmpty();
        source.accept(unknown, 0, unknown.length);
        assertThat(other.frames).containsExactly(unknown);
        timeline.pass(Duration.ofSeconds(300));
        source.accept(known, 0, known.length);
        assertThat(other.frames).containsExactly(unknown, known);
    }
}
