package cofferdam.monitor.recording;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.pcapng.CaptureInterface;
import cofferdam.monitor.pcapng.PcapngWriter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** One vantage's frames, counted, and written to a file if there is one. */
final class LiveCapture implements VantageCapture {

    private static final int BUFFER_BYTES = 65_536;

    /** What a frame takes in a file besides its bytes, at most. */
    private static final int FRAME_OVERHEAD = 64;

    private final String vantage;
    private final Optional<PcapngWriter> writer;
    private final SortedMap<Ipv4Address, String> names;
    private final List<Counts> counts = new ArrayList<>();
    private long written;

    /** @param names which are known when the first frame comes */
    LiveCapture(String vantage, Optional<Path> file, SortedMap<Ipv4Address, String> names) {
        this.vantage = vantage;
        this.writer = file.map(path -> new PcapngWriter(open(path), BUFFER_BYTES));
        this.names = names;
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            throw new UncheckedIOException("capture could not be made", failed);
        }
    }

    @Override
    public int addInterface(String name, String description, MacAddress address) {
        writer.ifPresent(
                file -> file.addInterface(new CaptureInterface(name, description, address)));
        counts.add(new Counts(name));
        return counts.size() - 1;
    }

    @Override
    public void frame(
            int interfaceNumber,
            long time,
            Direction direction,
            byte[] bytes,
            int offset,
            int length) {
        Counts counted = counts.get(interfaceNumber);
        switch (direction) {
            case INBOUND -> counted.in++;
            case OUTBOUND -> counted.out++;
        }
        if (writer.isEmpty()) {
            return;
        }
        if (written + length + FRAME_OVERHEAD > LiveEvidence.MAXIMUM_CAPTURE_BYTES) {
            counted.lost++;
            return;
        }
        if (written == 0) {
            writer.get().names(names);
        }
        written += length + FRAME_OVERHEAD;
        writer.get().frame(interfaceNumber, time, direction, bytes, offset, length);
    }

    List<LiveEvidence.Traffic> traffic() {
        return counts.stream()
                .map(counted -> new LiveEvidence.Traffic(
                        vantage, counted.name, counted.in, counted.out, counted.lost))
                .toList();
    }

    void flush() {
        writer.ifPresent(PcapngWriter::flush);
    }

    void close() {
        writer.ifPresent(PcapngWriter::close);
    }

    private static final class Counts {
        private final String name;
        private long in;
        private long out;
        private long lost;

        private Counts(String name) {
            this.name = name;
        }
    }
}
