package cofferdam.monitor.computer;

import cofferdam.monitor.OwnMemory;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.memory.GuestMemory;

import java.io.IOException;

/** A computer's physical memory as its root has it. */
record RootsMemory(Computer computer, Site site) implements OwnMemory {

    /** How much is read at a time, in bytes. */
    private static final int STEP = 64 << 10;

    /** More than this is not kept of one reading, in bytes. */
    private static final int MAXIMUM = 64 << 20;

    @Override
    public long size() {
        return computer.memory().map(GuestMemory::size).orElse(0L);
    }

    @Override
    public byte[] readAll() throws IOException {
        Downs.require(computer);
        GuestMemory memory = Downs.memory(computer);
        if (memory.size() > MAXIMUM) {
            throw new IOException("memory of %d bytes is more than the %d that are kept"
                    .formatted(memory.size(), MAXIMUM));
        }
        byte[] bytes = new byte[Math.toIntExact(memory.size())];
        for (int at = 0; at < bytes.length; at += STEP) {
            memory.read(at, bytes, at, Math.min(STEP, bytes.length - at));
        }
        String file = site.evidence().memoryRead(computer.name(), bytes);
        String sha256 = Sha256.of(bytes);
        String frames = memory.framesByPage();
        site.record(time -> new Event.MemoryRead(
                time, computer.name(), file, computer.name(), "", bytes.length, sha256, frames));
        return bytes;
    }
}
