package cofferdam.monitor.computer;

import cofferdam.monitor.guest.kernel.RootFiles;
import cofferdam.monitor.guest.system.GuestSystem;

import java.io.IOException;

/** The root file system on a machine's disk. */
record DiskFiles(GuestSystem system) implements RootFiles {

    @Override
    public byte[] read(String path, long offset, int count) throws IOException {
        return FilePart.of(system.read(path), offset, count);
    }

    @Override
    public void delete(String path) throws IOException {
        system.remove(path);
    }
}
