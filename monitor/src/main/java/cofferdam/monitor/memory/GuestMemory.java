package cofferdam.monitor.memory;

import cofferdam.monitor.MemoryControl.Means;

import java.io.IOException;
import java.util.Objects;

/**
 * The memory of one guest: every access goes through its translation. A page that has no contents
 * gets a frame at the first access, be it a read; what the frame held before is what the page holds
 * unless the policy clears it. An access takes the guest's time by what the monitor has to do for it.
 *
 * <p>An access that needs a frame fails with {@link OutOfHostMemoryException} if the host has none and
 * can take none back, and with {@link java.io.UncheckedIOException} if the host's swap file fails; what
 * lies before the page that failed has been read or written.
 */
public final class GuestMemory implements PhysicalMemory {

    /** The most characters in which the frames of all pages are told. */
    public static final int MAXIMUM_TEXT = 48 << 10;

    private final Guest guest;
    private final GuestPages pages;
    private final HostParts host;
    private final FramePool pool;
    private final Faults faults;
    private final Latency latency;
    private final CycleMeter meter;
    private final long size;
    private long end;
    private int lastWritten = -1;

    GuestMemory(Guest guest, HostParts host, Latency latency, CycleMeter meter) {
        this.guest = guest;
        this.pages = guest.pages();
        this.host = host;
        this.pool = host.pool();
        this.latency = latency;
        this.meter = meter;
        faults = new Faults(guest, host, latency, meter);
        size = bytes(pages.count());
        end = size;
    }

    private static long bytes(int frames) {
        return (long) frames * PAGE;
    }

    @Override
    public long size() {
        return size;
    }

    /**
     * The most that it may hold of the host's memory, in bytes. A frame that is mapped n times counts
     * 1/n for each mapping.
     */
    public long limit() {
        return bytes(guest.limit());
    }

    /** What is never taken back from it, in bytes. */
    public long reservation() {
        return bytes(guest.reservation());
    }

    @Override
    public void read(long address, byte[] into, int offset, int count) {
        requireInside(address, count);
        Objects.checkFromIndexSize(offset, count, into.length);
        for (int done = 0; done < count; ) {
            int within = (int) (address + done) & PAGE - 1;
            int step = Math.min(count - done, PAGE - within);
            int frame = frameToRead((int) ((address + done) / PAGE));
            pool.read(frame, within, into, offset + done, step);
            done += step;
        }
    }

    @Override
    public void write(long address, byte[] from, int offset, int count) {
        requireInside(address, count);
        Objects.checkFromIndexSize(offset, count, from.length);
        for (int done = 0; done < count; ) {
            int within = (int) (address + done) & PAGE - 1;
            int step = Math.min(count - done, PAGE - within);
            int frame = frameToWrite((int) ((address + done) / PAGE));
            pool.write(frame, within, from, offset + done, step);
            done += step;
        }
    }

    private int frameToRead(int page) {
        if (pages.state(page) == GuestPages.PRESENT) {
            meter.charge(Latency.READ);
        } else {
            faults.fetch(page);
        }
        pages.accessed(page);
        return pages.number(page);
    }

    private int frameToWrite(int page) {
        if (!pages.isWritable(page)) {
            faults.makeWritable(page);
        } else if (page == lastWritten) {
            meter.charge(Latency.SECOND_WRITE);
        } else {
            meter.charge(latency.privateWrite());
        }
        lastWritten = page;
        pages.written(page);
        return pages.number(page);
    }

    private void requireInside(long address, int count) {
        if (address >= 0 && count >= 0 && address <= end - count) {
            return;
        }
        if (end < size) {
            throw new IllegalStateException(
                    "the memory of %s has been given back".formatted(guest.machine()));
        }
        throw new IndexOutOfBoundsException(
                "%s: %d bytes at address %d are not in a memory of %d bytes"
                        .formatted(guest.machine(), count, address, size));
    }

    /** How it is used. */
    public MemoryUsage usage() {
        Charge charge = guest.charge();
        return new MemoryUsage(
                size,
                bytes(charge.mappings()),
                charge.bytes(),
                bytes(charge.sharedMappings()),
                bytes(pages.ballooned()),
                bytes(pages.swapped()));
    }

    /** The frames of all pages that have one, as ranges such as {@code 4-7,12}, sorted. */
    public String frames() {
        FrameSet frames = new FrameSet();
        for (int page = pages.nextPresent(0); page >= 0; page = pages.nextPresent(page + 1)) {
            frames.add(pages.number(page));
        }
        return frames.toString();
    }

    /**
     * The frame of every page, in the order of the pages: runs such as {@code 4-7}, {@code 9-8} for
     * frames that go down, and {@code x3} for three pages that have none; empty if that is longer than
     * {@link #MAXIMUM_TEXT}.
     */
    public String framesByPage() {
        PageFrames frames = new PageFrames();
        for (int page = 0; page < pages.count(); page++) {
            boolean present = pages.state(page) == GuestPages.PRESENT;
            frames.add(present ? pages.number(page) : PageFrames.NONE);
        }
        String text = frames.toString();
        return text.length() > MAXIMUM_TEXT ? "" : text;
    }

    /**
     * The frames of these pages, as far as they have one.
     *
     * @throws IndexOutOfBoundsException if a page is not in this memory
     */
    public String frames(Iterable<Integer> wanted) {
        FrameSet frames = new FrameSet();
        for (int page : wanted) {
            Objects.checkIndex(page, pages.count());
            if (pages.state(page) == GuestPages.PRESENT) {
                frames.add(pages.number(page));
            }
        }
        return frames.toString();
    }

    /**
     * Takes memory back, as far as more than the reservation is left. Pages that are like others are
     * shared before any is swapped out. What the balloon takes this way stays with the host until the
     * guest touches it.
     *
     * @param bytes how much; part of a page counts as a page
     * @return the frames that were given back, as ranges
     * @throws IOException if the policy has no such means, or the swap file is full
     */
    public String reclaim(long bytes, Means means) throws IOException {
        if (bytes <= 0) {
            throw new IllegalArgumentException(
                    "%d bytes cannot be taken back from %s".formatted(bytes, guest.machine()));
        }
        requireInside(0, 0);
        int wanted = (int) Math.min(Math.ceilDiv(bytes, (long) PAGE), guest.spare());
        FrameSet givenBack = new FrameSet();
        pool.note(givenBack);
        try {
            reclaim(wanted, means);
            host.reclaimer().enforceLimits();
        } finally {
            pool.note(null);
        }
        return givenBack.toString();
    }

    private void reclaim(int wanted, Means means) throws IOException {
        switch (means) {
            case BALLOON -> {
                if (!host.policy().balloon()) {
                    throw new IOException("the host has no balloon driver in its guests");
                }
                host.reclaimer().inflate(guest, Math.max(0, wanted));
            }
            case SWAP -> host.reclaimer().swap(guest, wanted);
        }
    }

    /**
     * Gives all frames back; the guest is no more. Does nothing the second time, or after the host was
     * closed.
     */
    public void release() {
        if (end < size || !pool.isOpen()) {
            return;
        }
        end = -1;
        SwapFile swap = host.swap();
        pages.release(slot -> {
            if (swap != null) {
                swap.free(slot);
            }
        });
        guest.seal().forget();
        host.guests().remove(guest);
        if (swap != null) {
            swap.recall(Guest.swappable(host.policy(), pages.count()));
        }
        host.reclaimer().enforceLimits();
        host.reclaimer().relax();
    }

    /** What is behind it, for tests. */
    Guest guest() {
        return guest;
    }
}
