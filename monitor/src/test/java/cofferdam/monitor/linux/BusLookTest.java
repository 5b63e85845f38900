package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.KernelDevices;
import cofferdam.monitor.evidence.Event;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What becomes of a guest's words about its buses. */
class BusLookTest {

    private final List<Event> events = new ArrayList<>();
    private final ByteBuffer read = empty(BusProgram.OUTPUT);
    private GuestShell.Result map = new GuestShell.Result(0, "00001000-0009fbff : System RAM");
    private byte[] packed;

    @Test
    void everythingThatAnswersIsEvidenceAndSoIsTheEndOfEachBus() throws IOException {
        function(0, 0x1237_8086);
        function(0xffff, 0x2000_1022);
        function(9, 0x1234_ffff);
        read.put(0x64, (byte) 0x1c).put(0xffff, (byte) 0);

        KernelDevices.Look look = look();

        assertThat(look).isEqualTo(new KernelDevices.Look(2, 2, 1));
        assertThat(events)
                .containsExactly(
                        found("pci 00:00.0", "8086:1237"),
                        found("pci ff:1f.7", "1022:2000"),
                        new Event.DevicesListed(42, "vm1", "pci", "0-ffff", 2),
                        found("port 0064", "1c"),
                        found("port ffff", "00"),
                        new Event.DevicesListed(42, "vm1", "ports", "0-2f7,300-3f7,400-ffff", 2),
                        found("memory 00001000-0009fbff", "System RAM"),
                        new Event.DevicesListed(42, "vm1", "memory", "0-ffffffffffff", 1));
    }

    @Test
    void lessOrMoreThanThereIsIsNoEvidence() {
        packed = packed(empty(BusProgram.OUTPUT - 1));
        assertThatThrownBy(this::look)
                .hasMessage("the root of vm1 read less of its buses than there is");
        packed = packed(empty(BusProgram.OUTPUT + 1));
        assertThatThrownBy(this::look)
                .hasMessage("the root of vm1 read more of its buses than there is");
        packed = new byte[] {1, 2, 3};
        assertThatThrownBy(this::look).isInstanceOf(IOException.class);
        assertThat(events).isEmpty();
    }

    @Test
    void aBusOnWhichEverythingAnswersIsNotToldToItsEnd() {
        Arrays.fill(read.array(), 0, BusProgram.PORTS, (byte) 0);

        assertThatThrownBy(this::look)
                .hasMessage("vm1 says that more than 8192 places of one bus answered");
        assertThat(events)
                .hasSize(BusLook.MAXIMUM_FINDINGS + 1)
                .filteredOn(Event.DevicesListed.class::isInstance)
                .containsExactly(new Event.DevicesListed(42, "vm1", "pci", "0-ffff", 0));
    }

    @Test
    void withoutAMapOfItsKernelTheMemoryIsNotTold() {
        map = new GuestShell.Result(1, "cat: can't open '/proc/iomem'");
        assertThatThrownBy(this::look)
                .hasMessage("the kernel of vm1 tells no map of its addresses: cat: can't open"
                        + " '/proc/iomem'");

        map = new GuestShell.Result(0, "what?");
        assertThatThrownBy(this::look).hasMessageContaining("what?");
        assertThat(events)
                .filteredOn(event -> event instanceof Event.DevicesListed list
                        && list.subject().equals("memory"))
                .isEmpty();
    }

    private KernelDevices.Look look() throws IOException {
        return new BusLook("vm1", Shell::new, event -> events.add(event.apply(42))).look();
    }

    private static Event found(String what, String value) {
        return new Event.DeviceFound(42, "vm1", what, value);
    }

    private void function(int number, int identity) {
        read.order(ByteOrder.LITTLE_ENDIAN).putInt(BusProgram.PORTS + 4 * number, identity);
    }

    private static ByteBuffer empty(int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 0xff);
        return ByteBuffer.wrap(content);
    }

    private static byte[] packed(ByteBuffer content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private final class Shell implements GuestShell {

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Call run(String command, Duration limit) {
            throw new AssertionError(command);
        }

        @Override
        public Result await(String command, Duration limit) {
            assertThat(command).isEqualTo("cat /proc/iomem");
            return map;
        }

        @Override
        public byte[] bytes(String command, Duration limit) {
            assertThat(command).isEqualTo("/lib/cofferdam/buses | gzip -c");
            return packed == null ? packed(read) : packed;
        }
    }
}
