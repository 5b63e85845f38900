package cofferdam.monitor.net;

import static cofferdam.monitor.address.MacAddress.BROADCAST;
import static cofferdam.monitor.net.Bed.MULTICAST;
import static cofferdam.monitor.net.Bed.SOURCE;
import static cofferdam.monitor.net.Bed.VM1;
import static cofferdam.monitor.net.Bed.VM2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.NetworkPolicy.Permission;
import cofferdam.monitor.policy.NetworkPolicy.Promiscuous;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

final class NicTest {

    private static final Nic.Identity IDENTITY =
            new Nic.Identity("vm1", "eth0", "vm1's interface", VM1);

    private final ManualTimeline timeline = new ManualTimeline();
    private final RecordedEvidence evidence = new RecordedEvidence();
    private final Nic nic = new Nic(IDENTITY, Nic.Control.PHYSICAL, evidence, timeline::now);
    private final List<byte[]> stack = new ArrayList<>();
    private final Recorder cable = new Recorder();

    NicTest() {
        nic.stack(stack::add);
        nic.plug(cable);
    }

    @ParameterizedTest
    @CsvSource({
        "02:00:00:00:00:01, false, true",
        "02:00:00:00:00:01, true, true",
        "ff:ff:ff:ff:ff:ff, false, true",
        "ff:ff:ff:ff:ff:ff, true, true",
        "01:00:5e:00:00:01, false, false",
        "01:00:5e:00:00:01, true, true",
        "ff:ff:00:00:00:00, false, false",
        "ff:ff:00:00:00:00, true, true",
        "fd:fd:00:00:00:00, false, false",
        "fd:fd:00:00:00:00, true, true",
        "02:00:00:00:00:02, false, false",
        "02:00:00:00:00:02, true, true",
        "00:00:00:00:00:00, false, false",
        "00:00:00:00:00:00, true, true"
    })
    void interfacePassesUpItsOwnAndBroadcastAndOnlyPromiscuouslyTheRest(
            String destination, boolean promiscuous, boolean passes) {
        nic.promiscuous(promiscuous);
        receive(MacAddress.parse(destination));
        assertThat(stack).hasSize(passes ? 1 : 0);
        assertThat(evidence.captured).hasSize(passes ? 1 : 0);
    }

    @Test
    void interfaceListensToItsCurrentAddress() {
        nic.changeAddress(VM2);
        assertThat(nic.address()).isEqualTo(VM2);
        receive(VM1);
        assertThat(stack).isEmpty();
        receive(VM2);
        assertThat(stack).hasSize(1);
    }

    @Test
    void sentFrameIsCapturedAndTransmittedAsItIs() {
        byte[] frame = Bed.frame(SOURCE, VM2);
        nic.send(frame);
        assertThat(cable.frames).containsExactly(frame);
        assertThat(evidence.directions()).containsExactly(Direction.OUTBOUND);
        assertThat(evidence.captured.getFirst().frame()).isEqualTo(frame);
        assertThat(evidence.captured.getFirst().time()).isEqualTo(timeline.now());
        assertThat(stack).isEmpty();
    }

    @Test
    void runtsAndGiantsAreNeitherSentNorCaptured() {
        nic.send(new byte[13]);
        nic.send(new byte[0]);
        nic.send(new byte[1515]);
        assertThat(cable.frames).isEmpty();
        assertThat(evidence.captured).isEmpty();
        nic.send(new byte[14]);
        nic.send(new byte[1514]);
        assertThat(cable.frames).hasSize(2);
    }

    @Test
    void unpluggedInterfaceLosesWhatItSends() {
        Nic alone = new Nic(IDENTITY, Nic.Control.PHYSICAL, evidence, timeline::now);
        alone.send(Bed.frame(VM1, VM2));
        assertThat(evidence.directions()).containsExactly(Direction.OUTBOUND);
        assertThat(evidence.interfaces).containsExactly("eth0", "eth0");
    }

    @Test
    void listenersHearWhatPassesBeforeTheStack() {
        List<String> order = new ArrayList<>();
        nic.stack(frame -> order.add("stack"));
        nic.listen(frame -> order.add("listener"));
        receive(VM1);
        receive(VM2);
        assertThat(order).containsExactly("listener", "stack");
        assertThat(evidence.directions()).containsExactly(Direction.INBOUND);
    }

    @Test
    void stoppedListenerHearsNothingEvenWithinOneFrame() {
        List<byte[]> heard = new ArrayList<>();
        List<RawNic.Listening> second = new ArrayList<>();
        nic.listen(frame -> second.getFirst().stop());
        second.add(nic.listen(heard::add));
        receive(VM1);
        assertThat(heard).isEmpty();
        assertThat(stack).hasSize(1);
    }

    @Test
    void oneListenerMayListenTwiceAndStopOnce() {
        List<byte[]> heard = new ArrayList<>();
        nic.listen(heard::add);
        RawNic.Listening second = nic.listen(heard::add);
        second.stop();
        second.stop();
        receive(VM1);
        assertThat(heard).hasSize(1);
    }

    @Test
    void passedFrameIsACopyOfItsBytes() {
        byte[] buffer = new byte[100];
        byte[] frame = Bed.frame(SOURCE, VM1);
        System.arraycopy(frame, 0, buffer, 20, frame.length);
        nic.accept(buffer, 20, frame.length);
        buffer[25] = 99;
        assertThat(stack).containsExactly(frame);
    }

    @Test
    void requestsAreRecordedOnceEach() {
        nic.promiscuous(true);
        nic.promiscuous(true);
        nic.changeAddress(VM2);
        nic.changeAddress(VM2);
        nic.promiscuous(false);
        long now = timeline.now();
        assertThat(evidence.events)
                .containsExactly(
                        new Event.PromiscuousChanged(now, "vm1", "eth0", true),
                        new Event.AddressChanged(now, "vm1", "eth0", VM2),
                        new Event.PromiscuousChanged(now, "vm1", "eth0", false));
    }

    @Test
    void addressOfAGroupIsRefused() {
        assertThatThrownBy(() -> nic.changeAddress(MULTICAST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(MULTICAST.toString());
        assertThatThrownBy(() -> nic.changeAddress(new MacAddress(0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(nic.address()).isEqualTo(VM1);
        assertThat(evidence.events).isEmpty();
    }

    @Test
    void rejectedRequestIsRecordedAndHasNoEffect() {
        Nic virtual = virtual(Promiscuous.REJECT);
        virtual.promiscuous(true);
        virtual.accept(Bed.frame(SOURCE, VM2), 0, 60);
        assertThat(stack).isEmpty();
        assertThat(evidence.events).hasSize(1);
    }

    @Test
    void grantedRequestOpensTheInterfaceUntilItIsTakenBack() {
        Nic virtual = virtual(Promiscuous.OWN_PORT);
        virtual.promiscuous(true);
        virtual.accept(Bed.frame(SOURCE, VM2), 0, 60);
        assertThat(stack).hasSize(1);
        virtual.promiscuous(false);
        virtual.accept(Bed.frame(SOURCE, VM2), 0, 60);
        assertThat(stack).hasSize(1);
    }

    @Test
    void virtualInterfaceTellsItsFabricOfItsAddress() {
        Bed bed = new Bed(Policies.open().macChanges(Permission.REJECT));
        Nic virtual = new Nic(IDENTITY, bed.port("vm1"), evidence, timeline::now);
        virtual.changeAddress(VM2);
        assertThat(bed.send("uplink", SOURCE, BROADCAST)).containsExactly("vm2", "vm3");
    }

    private Nic virtual(Promiscuous promiscuous) {
        Bed bed = new Bed(Policies.open().promiscuous(promiscuous));
        Nic virtual = new Nic(IDENTITY, bed.port("vm1"), evidence, timeline::now);
        virtual.stack(stack::add);
        return virtual;
    }

    private void receive(MacAddress destination) {
        nic.accept(Bed.frame(SOURCE, destination), 0, 60);
    }
}
