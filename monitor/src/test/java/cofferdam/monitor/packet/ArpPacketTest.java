package cofferdam.monitor.packet;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class ArpPacketTest {

    private static final MacAddress ONE = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress TWO = MacAddress.parse("02:00:00:00:00:02");
    private static final Ipv4Address A = Ipv4Address.parse("10.0.0.1");
    private static final Ipv4Address B = Ipv4Address.parse("10.0.0.2");

    private static final byte[] REQUEST = Frames.hex("""
            ffffffffffff 020000000001 0806
            0001 0800 06 04 0001
            020000000001 0a000001
            000000000000 0a000002
            """);
    private static final byte[] REPLY = Frames.hex("""
            020000000001 020000000002 0806
            0001 0800 06 04 0002
            020000000002 0a000002
            020000000001 0a000001
            """);

    @Test
    void requestHasTheLayoutOfRfc826() {
        ArpPacket request = ArpPacket.request(ONE, A, B);

        assertThat(request.toFrame(MacAddress.BROADCAST, ONE)).isEqualTo(REQUEST);
        assertThat(ArpPacket.inFrame(REQUEST)).contains(request);
    }

    @Test
    void replyHasTheLayoutOfRfc826() {
        ArpPacket reply = ArpPacket.reply(TWO, B, ONE, A);

        assertThat(reply.toFrame(ONE, TWO)).isEqualTo(REPLY);
        assertThat(ArpPacket.inFrame(REPLY)).contains(reply);
    }

    @Test
    void paddingIsLeftOut() {
        assertThat(ArpPacket.inFrame(Arrays.copyOf(REPLY, 60))).isEqualTo(ArpPacket.inFrame(REPLY));
    }

    @Test
    void whatIsNotArpForIpv4OverEthernetIsNotRead() {
        int[] fields = {12, 13, 14, 15, 16, 17, 18, 19, 20, 21};
        for (int field : fields) {
            byte[] frame = REPLY.clone();
            frame[field] ^= 0x40;
            assertThat(ArpPacket.inFrame(frame)).as("byte %d", field).isEmpty();
        }
    }

    @Test
    void otherOperationsAreNotRead() {
        byte[] frame = REPLY.clone();
        for (int operation : new int[] {0, 3, 8}) {
            frame[21] = (byte) operation;
            assertThat(ArpPacket.inFrame(frame)).isEmpty();
        }
    }

    @Test
    void shortFramesAreNotRead() {
        for (int length = 0; length < REPLY.length; length++) {
            assertThat(ArpPacket.inFrame(Arrays.copyOf(REPLY, length))).isEmpty();
        }
    }

    @Test
    void damagedFramesNeverThrow() {
        Frames.damage(REPLY, ArpPacket::inFrame);
    }
}
