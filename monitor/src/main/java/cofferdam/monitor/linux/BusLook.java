package cofferdam.monitor.linux;

import cofferdam.monitor.KernelDevices;
import cofferdam.monitor.evidence.Event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.zip.GZIPInputStream;

/**
 * Has a guest's root look at the buses of its machine. A guest may say what it likes: what is not in
 * proper form ends the look, and so do more findings than any machine has.
 */
final class BusLook implements KernelDevices {

    /** The most findings of one bus. */
    static final int MAXIMUM_FINDINGS = 8192;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int NOBODY = 0xff;
    private static final int NO_VENDOR = 0xffff;
    private static final String EVERYTHING = "0-ffff";
    private static final String ADDRESSES = "0-ffffffffffff";

    private final String machine;
    private final Root root;
    private final Consumer<LongFunction<Event>> evidence;
    private int found;

    /** How a guest's root is reached. */
    interface Root {

        /**
         * The shell of it.
         *
         * @throws IOException if the guest is off
         */
        GuestShell shell() throws IOException;
    }

    /** @param evidence takes events, which are told the time */
    BusLook(String machine, Root root, Consumer<LongFunction<Event>> evidence) {
        this.machine = machine;
        this.root = root;
        this.evidence = evidence;
    }

    @Override
    public Look look() throws IOException {
        ByteBuffer read = ByteBuffer.wrap(
                        unpacked(root.shell().bytes(BusProgram.PATH + " | gzip -c", LIMIT)))
                .order(ByteOrder.LITTLE_ENDIAN);
        int functions = functions(read);
        int ports = ports(read);
        return new Look(functions, ports, ranges());
    }

    private int functions(ByteBuffer read) throws IOException {
        for (int function = 0; function < BusProgram.FUNCTIONS; function++) {
            int identity = read.getInt(BusProgram.PORTS + function * Integer.BYTES);
            if ((identity & NO_VENDOR) != NO_VENDOR) {
                found(
                        "pci %02x:%02x.%x"
                                .formatted(function >>> 8, function >>> 3 & 0x1f, function & 7),
                        "%04x:%04x".formatted(identity & NO_VENDOR, identity >>> 16));
            }
        }
        return listed("pci", EVERYTHING);
    }

    private int ports(ByteBuffer read) throws IOException {
        for (int port = 0; port < BusProgram.PORTS; port++) {
            int value = read.get(port) & NOBODY;
            if (value != NOBODY) {
                found("port %04x".formatted(port), "%02x".formatted(value));
            }
        }
        return listed("ports", BusProgram.READ);
    }

    private int ranges() throws IOException {
        GuestShell.Result map = root.shell().await("cat /proc/iomem", LIMIT);
        if (!map.succeeded()) {
            throw new IOException("the kernel of %s tells no map of its addresses: %s"
                    .formatted(machine, ShellText.words(map.output())));
        }
        List<AddressMap.Range> ranges = AddressMap.parse(map.output());
        for (AddressMap.Range range : ranges) {
            found("memory %s-%s".formatted(range.first(), range.last()), range.name());
        }
        return listed("memory", ADDRESSES);
    }

    private void found(String what, String value) throws IOException {
        if (found == MAXIMUM_FINDINGS) {
            found = 0;
            throw new IOException("%s says that more than %d places of one bus answered"
                    .formatted(machine, MAXIMUM_FINDINGS));
        }
        found++;
        evidence.accept(time -> new Event.DeviceFound(time, machine, what, value));
    }

    private int listed(String bus, String looked) {
        int count = found;
        found = 0;
        evidence.accept(time -> new Event.DevicesListed(time, machine, bus, looked, count));
        return count;
    }

    private byte[] unpacked(byte[] packed) throws IOException {
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] read = content.readNBytes(BusProgram.OUTPUT + 1);
            if (read.length != BusProgram.OUTPUT) {
                throw new IOException("the root of %s read %s of its buses than there is"
                        .formatted(machine, read.length < BusProgram.OUTPUT ? "less" : "more"));
            }
            return read;
        }
    }
}
