package cofferdam.monitor.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IcmpEchoTest {

    /** Type 8, code 0, checksum, identifier 1234, sequence 0001, data "ab" (RFC 792). */
    private static final byte[] REQUEST = Frames.hex("0800 8468 1234 0001 6162");

    @Test
    void requestHasTheLayoutOfRfc792() {
        byte[] bytes = new IcmpEcho(false, 0x1234, 1, new byte[] {'a', 'b'}).toBytes();

        assertThat(bytes).isEqualTo(REQUEST);
    }

    @Test
    void readsEveryField() {
        IcmpEcho echo = IcmpEcho.read(REQUEST).orElseThrow();

        assertThat(echo.reply()).isFalse();
        assertThat(echo.identifier()).isEqualTo(0x1234);
        assertThat(echo.sequence()).isEqualTo(1);
        assertThat(echo.data()).containsExactly('a', 'b');
    }

    @Test
    void replyDiffersInTypeAndChecksum() {
        byte[] bytes = new IcmpEcho(true, 0x1234, 1, new byte[] {'a', 'b'}).toBytes();

        assertThat(bytes).isEqualTo(Frames.hex("0000 8c68 1234 0001 6162"));
        assertThat(IcmpEcho.read(bytes).orElseThrow().reply()).isTrue();
    }

    @Test
    void oddAndEmptyDataAreRead() {
        for (byte[] data : new byte[][] {{}, {1}, {1, 2, 3}}) {
            byte[] bytes = new IcmpEcho(true, 0xffff, 0xffff, data).toBytes();
            IcmpEcho echo = IcmpEcho.read(bytes).orElseThrow();
            assertThat(echo.data()).isEqualTo(data);
            assertThat(echo.identifier()).isEqualTo(0xffff);
            assertThat(echo.sequence()).isEqualTo(0xffff);
        }
    }

    @Test
    void otherMessagesAreNotRead() {
        assertThat(IcmpEcho.read(Frames.hex("0301 fcfe 0000 0000"))).isEmpty();
        assertThat(IcmpEcho.read(Frames.hex("0801 f7fe 0000 0000"))).isEmpty();
    }

    @Test
    void wrongChecksumIsNotRead() {
        byte[] bytes = REQUEST.clone();
        bytes[9]++;

        assertThat(IcmpEcho.read(bytes)).isEmpty();
    }

    @Test
    void damagedMessagesNeverThrow() {
        Frames.damage(REQUEST, IcmpEcho::read);
    }
}
