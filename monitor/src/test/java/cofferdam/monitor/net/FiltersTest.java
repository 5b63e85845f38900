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
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.NetworkPolicy.MacLearning;
import cofferdam.monitor.policy.NetworkPolicy.Mode;
import cofferdam.monitor.policy.NetworkPolicy.Permission;
import cofferdam.monitor.policy.NetworkPolicy.Promiscuous;
import cofferdam.monitor.policy.NetworkPolicy.UnknownUnicast;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Map;

final class FiltersTest {

    @Test
    void forgedFramesAreDroppedWhateverTheirDestination() {
        Bed bed = new Bed(Policies.open().forgedTransmits(Permission.REJECT)).acquainted();
        assertThat(bed.send("vm2", VM1, SOURCE)).isEmpty();
        assertThat(bed.send("vm2", VM1, BROADCAST)).isEmpty();
        assertThat(bed.send("vm2", STRANGER, MULTICAST)).isEmpty();
        assertThat(bed.drops()).isEqualTo(Map.of("vm2 forged-transmits", 3L));
    }

    @Test
    void forgedFramesAreNotLearnedFromWhenTheyAreDropped() {
        Bed bed = new Bed(Policies.open().forgedTransmits(Permission.REJECT)).acquainted();
        bed.send("vm2", VM1, BROADCAST);
        assertThat(bed.send("uplink", SOURCE, VM1)).containsExactly("vm1");
    }

    @Test
    void forgedFramesPassWhereTheyArePermittedAndFromUplinks() {
        assertThat(new Bed(Policies.open()).acquainted().send("vm2", VM1, SOURCE))
                .containsExactly("uplink");
        Bed rejecting = new Bed(Policies.open().forgedTransmits(Permission.REJECT)).acquainted();
        assertThat(rejecting.send("vm2", VM2, SOURCE)).containsExactly("uplink");
        assertThat(rejecting.send("uplink", STRANGER, VM2)).containsExactly("vm2");
    }

    @Test
    void changedAddressIsStillForgedAgainstTheConfiguredOne() {
        Bed bed = new Bed(Policies.open().forgedTransmits(Permission.REJECT));
        bed.port("vm2").addressChanged(VM1);
        assertThat(bed.send("vm2", VM1, BROADCAST)).isEmpty();
        assertThat(bed.send("vm2", VM2, BROADCAST)).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(MacLearning.class)
    void guestThatChangedItsAddressReceivesNothingUntilItIsSetBack(MacLearning learning) {
        Bed bed = new Bed(Policies.open().macLearning(learning).macChanges(Permission.REJECT))
                .acquainted();
        bed.port("vm2").addressChanged(VM1);
        bed.send("vm2", VM1, BROADCAST);
        assertThat(bed.send("uplink", SOURCE, VM1)).doesNotContain("vm2");
        assertThat(bed.send("uplink", SOURCE, VM2)).doesNotContain("vm2");
        assertThat(bed.send("uplink", SOURCE, BROADCAST)).containsExactly("vm1", "vm3");
        assertThat(bed.drops()).containsKey("vm2 mac-changes");
        bed.port("vm2").addressChanged(VM2);
        assertThat(bed.send("uplink", SOURCE, BROADCAST)).containsExactly("vm1", "vm2", "vm3");
    }

    @Test
    void guestThatChangedItsAddressReceivesWhereThatIsPermitted() {
        Bed bed = new Bed(Policies.open()).acquainted();
        bed.port("vm2").addressChanged(STRANGER);
        bed.send("vm2", STRANGER, BROADCAST);
        assertThat(bed.send("uplink", SOURCE, STRANGER)).containsExactly("vm2");
        assertThat(bed.drops()).isEmpty();
    }

    @Test
    void portSecurityHoldsAPortToTheFirstAddresses() {
        Bed bed = new Bed(Policies.open().portSecurity(2));
        assertThat(bed.send("vm2", VM2, BROADCAST)).hasSize(3);
        assertThat(bed.send("vm2", STRANGER, BROADCAST)).hasSize(3);
        assertThat(bed.send("vm2", new MacAddress(0x02_99L), BROADCAST)).isEmpty();
        assertThat(bed.send("vm2", VM2, BROADCAST)).hasSize(3);
        assertThat(bed.send("vm2", STRANGER, BROADCAST)).hasSize(3);
        assertThat(bed.drops()).isEqualTo(Map.of("vm2 port-security", 1L));
    }

    @Test
    void portSecurityGivesNoPortAnAddressThatAnotherHolds() {
        Bed bed = new Bed(Policies.open().portSecurity(4));
        bed.send("vm1", STRANGER, BROADCAST);
        assertThat(bed.send("vm2", STRANGER, BROADCAST)).isEmpty();
        assertThat(bed.send("vm1", STRANGER, BROADCAST)).hasSize(3);
    }

    @Test
    void portSecurityKeepsTheConfiguredAddressOfASilentMachine() {
        Bed bed = new Bed(Policies.open().portSecurity(4));
        assertThat(bed.send("vm2", VM1, BROADCAST)).isEmpty();
        assertThat(bed.send("vm1", VM1, BROADCAST)).hasSize(3);
    }

    @Test
    void portSecurityLetsNoGroupOrZeroAddressSend() {
        Bed bed = new Bed(Policies.open().portSecurity(4));
        assertThat(bed.send("vm2", MULTICAST, BROADCAST)).isEmpty();
        assertThat(bed.send("vm2", new MacAddress(0), BROADCAST)).isEmpty();
    }

    @Test
    void portSecurityLetsGoOfWhatWasHeardOnAPortThatLosesItsLink() {
        Bed bed = new Bed(Policies.open().portSecurity(1));
        bed.send("vm1", STRANGER, BROADCAST);
        assertThat(bed.send("vm1", VM1, BROADCAST)).isEmpty();
        bed.port("vm1").linkDown();
        assertThat(bed.send("vm1", VM1, BROADCAST)).hasSize(3);
        assertThat(bed.send("vm2", STRANGER, BROADCAST)).hasSize(3);
    }

    @Test
    void portSecurityDoesNotBindUplinks() {
        Bed bed = new Bed(Policies.open().portSecurity(1));
        assertThat(bed.send("uplink", SOURCE, BROADCAST)).hasSize(3);
        assertThat(bed.send("uplink", STRANGER, BROADCAST)).hasSize(3);
    }

    @Test
    void portSecurityBoundsAreChecked() {
        assertThatThrownBy(() -> new Bed(Policies.open().portSecurity(4097)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4097");
    }

    @Test
    void isolatedGuestsReachTheUplinkAndNotEachOther() {
        Bed bed = new Bed(Policies.open().portIsolation()).acquainted();
        assertThat(bed.send("vm1", VM1, VM2)).isEmpty();
        assertThat(bed.send("vm2", VM2, VM1)).isEmpty();
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink");
        assertThat(bed.send("uplink", SOURCE, VM1)).containsExactly("vm1");
        assertThat(bed.drops()).containsEntry("vm1 port-isolation", 3L);
    }

    @Test
    void isolationHoldsForFloodedFrames() {
        Bed bed = new Bed(Policies.open().portIsolation());
        assertThat(bed.send("vm1", VM1, BROADCAST)).containsExactly("uplink");
        assertThat(bed.send("vm1", VM1, STRANGER)).containsExactly("uplink");
        assertThat(bed.send("uplink", SOURCE, BROADCAST)).containsExactly("vm1", "vm2", "vm3");
    }

    @Test
    void isolationHoldsForPromiscuousCopies() {
        Bed bed = new Bed(Policies.open().portIsolation().promiscuous(Promiscuous.ACCEPT))
                .acquainted();
        bed.port("vm2").promiscuous(true);
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink");
        assertThat(bed.send("uplink", SOURCE, VM1)).containsExactly("vm1", "vm2");
    }

    @Test
    void isolationHoldsOnAHub() {
        Bed bed = new Bed(Policies.open().mode(Mode.SHARED).portIsolation());
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink");
    }

    @Test
    void rejectedPromiscuousModeOpensNothing() {
        Bed bed = new Bed(Policies.open().promiscuous(Promiscuous.REJECT)).acquainted();
        assertThat(bed.port("vm2").promiscuous(true)).isFalse();
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink");
    }

    @Test
    void promiscuousModeOfTheOwnPortOpensTheInterfaceAndGetsNoMoreFrames() {
        Bed bed = new Bed(Policies.open().promiscuous(Promiscuous.OWN_PORT)).acquainted();
        assertThat(bed.port("vm2").promiscuous(true)).isTrue();
        assertThat(bed.port("vm2").promiscuous(false)).isFalse();
        bed.port("vm2").promiscuous(true);
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink");
    }

    @Test
    void acceptedPromiscuousModeGetsEveryFrameOfTheSegmentButItsOwn() {
        Bed bed = new Bed(Policies.open().promiscuous(Promiscuous.ACCEPT)).acquainted();
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink");
        assertThat(bed.port("vm2").promiscuous(true)).isTrue();
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink", "vm2");
        assertThat(bed.send("uplink", SOURCE, VM1)).containsExactly("vm1", "vm2");
        assertThat(bed.send("vm1", VM1, VM3)).containsExactly("vm2", "vm3");
        assertThat(bed.send("vm2", VM2, VM1)).containsExactly("vm1");
        assertThat(bed.port("vm2").promiscuous(false)).isFalse();
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink");
    }

    @Test
    void promiscuousCopyIsDeliveredOnce() {
        Bed bed = new Bed(Policies.open().promiscuous(Promiscuous.ACCEPT));
        bed.port("vm2").promiscuous(true);
        bed.send("vm1", VM1, BROADCAST);
        assertThat(bed.received.get("vm2").frames).hasSize(1);
    }

    @Test
    void promiscuousModeSeesUnknownUnicastThatIsDroppedForOthersButNothingDroppedAtIngress() {
        Bed bed = new Bed(Policies.open()
                        .promiscuous(Promiscuous.ACCEPT)
                        .unknownUnicast(UnknownUnicast.DROP)
                        .forgedTransmits(Permission.REJECT))
                .acquainted();
        bed.port("vm2").promiscuous(true);
        assertThat(bed.send("vm1", VM1, STRANGER)).containsExactly("vm2");
        assertThat(bed.send("vm1", STRANGER, VM3)).isEmpty();
    }

    @Test
    void trustedPortIsUnderNoFilterAndSeesEverythingIfItAsks() {
        ManualTimeline timeline = new ManualTimeline();
        Fabric fabric = Fabrics.guestFabric(
                Policies.hardened(), Map.of(), timeline::now, new DropCounter(timeline::now));
        Recorder host = new Recorder();
        Recorder guest = new Recorder();
        Recorder uplink = new Recorder();
        FabricPort hostPort = fabric.attachTrusted("host", STRANGER, host);
        FabricPort guestPort = fabric.attachGuest("vm1", VM1, guest);
        fabric.attachUplink("uplink", uplink).accept(Bed.frame(SOURCE, BROADCAST), 0, 60);
        hostPort.accept(Bed.frame(VM3, BROADCAST), 0, 60);
        guestPort.accept(Bed.frame(VM1, SOURCE), 0, 60);
        assertThat(guest.frames).hasSize(2);
        assertThat(host.frames).hasSize(1);
        assertThat(hostPort.promiscuous(true)).isTrue();
        guestPort.accept(Bed.frame(VM1, SOURCE), 0, 60);
        assertThat(host.frames).hasSize(2);
        assertThat(uplink.frames).hasSize(3);
    }

    @Test
    void dropsAreCountedByPortAndFilterWithTheTimeOfTheFirst() {
        Bed bed = new Bed(Policies.open().forgedTransmits(Permission.REJECT));
        bed.send("vm2", VM1, BROADCAST);
        bed.timeline.pass(Duration.ofSeconds(1));
        long now = bed.timeline.now();
        bed.send("vm1", VM2, BROADCAST);
        bed.send("vm2", VM1, BROADCAST);
        assertThat(bed.dropped.events("vswitch"))
                .containsExactly(
                        new Event.FramesDropped(
                                now, "vswitch", "vm2", "forged-transmits", 2, now - 1_000_000_000),
                        new Event.FramesDropped(now, "vswitch", "vm1", "forged-transmits", 1, now));
    }
}
