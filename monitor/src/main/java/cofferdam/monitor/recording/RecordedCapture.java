package cofferdam.monitor.recording;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.pcapng.CaptureInterface;
import cofferdam.monitor.pcapng.PcapngWriter;

import java.util.SortedMap;

/** One vantage's capture, written to memory as frames come. */
final class RecordedCapture implements VantageCapture {

    private static final int BUFFER_BYTES = 4096;

    private final MemoryChannel memory;
    private final PcapngWriter writer;
    private final int headerBytes;
    private boolean silent = true;

    RecordedCapture(String vantage) {
        this(vantage, RecordedEvidence.MAXIMUM_VANTAGE_BYTES);
    }

    RecordedCapture(String vantage, int maximumBytes) {
        memory = new MemoryChannel("capture of vantage '%s'".formatted(vantage), maximumBytes);
        writer = new PcapngWriter(memory, BUFFER_BYTES);
        writer.flush();
        headerBytes = memory.size();
    }

    @Override
    public int addInterface(String name, String description, MacAddress address) {
        return writer.addInterface(new CaptureInterface(name, description, address));
    }

    @Override
    public void frame(
            int interfaceNumber,
            long time,
            Direction direction,
            byte[] bytes,
            int offset,
            int length) {
        silent = false;
        writer.frame(interfaceNumber, time, direction, bytes, offset, length);
    }

    /** Whether there was no frame yet. */
    boolean isSilent() {
        return silent;
    }

    /** The file so far, with the names between its section header and its first interface. */
    byte[] file(SortedMap<Ipv4Address, String> ipv4, SortedMap<Ipv6Address, String> ipv6) {
        writer.flush();
        MemoryChannel head = new MemoryChannel("names", RecordedEvidence.MAXIMUM_VANTAGE_BYTES);
        PcapngWriter namesWriter = new PcapngWriter(head, BUFFER_BYTES);
        namesWriter.names(ipv4, ipv6);
        namesWriter.flush();
        int body = memory.size() - headerBytes;
        byte[] file = new byte[Math.addExact(head.size(), body)];
        head.copyTo(0, file, 0, head.size());
        memory.copyTo(headerBytes, file, head.size(), body);
        return file;
    }
}
