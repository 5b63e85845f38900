package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.ProgramMemory.Pages;

import java.io.IOException;
import java.util.function.LongSupplier;

/** The pages of a program that is there only for them. */
final class KeptPages implements Pages {

    private final Task task;
    private final int count;
    private final Paging paging;
    private final Ram ram;
    private final LongSupplier counter;
    private final Gate gate;

    KeptPages(Task task, int count, Paging paging, Ram ram, LongSupplier counter, Gate gate) {
        this.task = task;
        this.count = count;
        this.paging = paging;
        this.ram = ram;
        this.counter = counter;
        this.gate = gate;
    }

    /** How a program outside of the processor's turns gets into the kernel. */
    interface Gate {
        <T> T enter(Call<T> call) throws IOException;

        void release(Task task);

        /** What is done there. */
        @FunctionalInterface
        interface Call<T> {
            T run() throws IOException;
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void fill(int page, byte[] content) throws IOException {
        requireOwn(page);
        if (content.length != Ram.PAGE) {
            throw new IOException(
                    "%d bytes do not fill a page of %d".formatted(content.length, Ram.PAGE));
        }
        gate.enter(() -> {
            paging.write(task, page, 0, content);
            return page;
        });
    }

    @Override
    public long timedWrite(int page, int offset, byte value) throws IOException {
        requireOwn(page);
        if (offset < 0 || offset >= Ram.PAGE) {
            throw new IOException("offset %d is not in a page of %d".formatted(offset, Ram.PAGE));
        }
        return gate.enter(() -> {
            long address = Ram.address(paging.resident(task, page)) + offset;
            long before = counter.getAsLong();
            ram.write(address, value);
            return counter.getAsLong() - before;
        });
    }

    @Override
    public void release() {
        gate.release(task);
    }

    private void requireOwn(int page) throws IOException {
        if (page < 0 || page >= count) {
            throw new IOException("page %d is not one of %d".formatted(page, count));
        }
        if (!task.alive()) {
            throw new IOException("process %d (%s) has ended".formatted(task.pid(), task.name()));
        }
    }
}
