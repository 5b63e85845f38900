package cofferdam.monitor.computer;

import cofferdam.monitor.MemoryControl;
import cofferdam.monitor.evidence.Event;

import java.io.IOException;
import java.util.Locale;

/** Where the administrator takes memory back from a computer. */
record AdministratorsMemory(Computer computer, Site site) implements MemoryControl {

    @Override
    public void reclaim(long bytes, Means means) throws IOException {
        String frames = Downs.memory(computer).reclaim(bytes, means);
        site.record(time -> new Event.FramesReleased(
                time,
                Room.MONITOR,
                computer.name(),
                means.name().toLowerCase(Locale.ROOT),
                frames));
    }
}
