package cofferdam.monitor.linux;

import cofferdam.monitor.DiskSlot;

import java.io.IOException;

/** Where the administrator gives a real guest a disk, or takes it away. */
record GuestDiskSlot(GuestBay bay) implements DiskSlot {

    @Override
    public void attach(long bytes) throws IOException {
        bay.attach(bytes);
    }

    @Override
    public void release() throws IOException {
        bay.release();
    }
}
