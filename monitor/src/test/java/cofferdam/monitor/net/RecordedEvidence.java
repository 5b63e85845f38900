package cofferdam.monitor.net;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.VantageCapture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Evidence of one vantage, kept in memory. */
final class RecordedEvidence implements Evidence, VantageCapture {

    final List<Event> events = new ArrayList<>();
    final List<Captured> captured = new ArrayList<>();
    final List<String> interfaces = new ArrayList<>();

    @Override
    public void record(Event event) {
        events.add(event);
    }

    @Override
    public void image(String moment, String name, byte[] bytes, List<Integer> space) {
        throw new AssertionError("a network has no images");
    }

    @Override
    public String deviceRead(String machine, byte[] bytes) {
        throw new AssertionError("a network has no disks");
    }

    @Override
    public String memoryRead(String reader, byte[] bytes) {
        throw new AssertionError("a network has no memory");
    }

    @Override
    public VantageCapture capture(String vantage) {
        return this;
    }

    @Override
    public int addInterface(String name, String description, MacAddress address) {
        interfaces.add(name);
        return interfaces.size() - 1;
    }

    @Override
    public void frame(
            int interfaceNumber,
            long time,
            Direction direction,
            byte[] bytes,
            int offset,
            int length) {
        captured.add(new Captured(
                interfaceNumber,
                time,
                direction,
                Arrays.copyOfRange(bytes, offset, offset + length)));
    }

    List<Direction> directions() {
        return captured.stream().map(Captured::direction).toList();
    }

    /** A frame with what was said of it. */
    record Captured(int interfaceNumber, long time, Direction direction, byte[] frame) {}
}
