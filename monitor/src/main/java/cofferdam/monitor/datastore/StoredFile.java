package cofferdam.monitor.datastore;

import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.MalformedImageException;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A file made of blocks of a datastore. */
final class StoredFile implements ImageFile {

    private final Datastore store;
    private final List<Datastore.Block> blocks = new ArrayList<>();
    private long size;

    StoredFile(Datastore store) {
        this.store = store;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, byte[] into, int start, int count)
            throws MalformedImageException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        for (int done = 0; done < count; ) {
            int within = (int) ((offset + done) % Datastore.BLOCK);
            int step = Math.min(count - done, Datastore.BLOCK - within);
            System.arraycopy(block(offset + done).content(), within, into, start + done, step);
            done += step;
        }
    }

    @Override
    public void write(long offset, byte[] from, int start, int count)
            throws MalformedImageException {
        Objects.checkFromIndexSize(start, count, from.length);
        if (offset < 0) {
            throw new IndexOutOfBoundsException("offset %d".formatted(offset));
        }
        if (offset + count > size) {
            resize(offset + count);
        }
        for (int done = 0; done < count; ) {
            int within = (int) ((offset + done) % Datastore.BLOCK);
            int step = Math.min(count - done, Datastore.BLOCK - within);
            System.arraycopy(from, start + done, block(offset + done).bytes(), within, step);
            done += step;
        }
    }

    @Override
    public void resize(long wanted) throws MalformedImageException {
        long before = size;
        allocate(wanted);
        for (long at = before; at < wanted; ) {
            int within = (int) (at % Datastore.BLOCK);
            int step = (int) Math.min(wanted - at, Datastore.BLOCK - within);
            block(at).clear(within, step);
            at += step;
        }
    }

    @Override
    public void allocate(long wanted) throws MalformedImageException {
        if (wanted < 0) {
            throw new IndexOutOfBoundsException("size %d".formatted(wanted));
        }
        long needed = Math.ceilDiv(wanted, (long) Datastore.BLOCK);
        store.requireRoom(needed - blocks.size());
        while (blocks.size() < needed) {
            blocks.add(store.allocate());
        }
        List<Datastore.Block> surplus = blocks.subList((int) needed, blocks.size());
        store.release(surplus);
        surplus.clear();
        size = wanted;
    }

    private Datastore.Block block(long offset) {
        return blocks.get((int) (offset / Datastore.BLOCK));
    }

    /** The numbers of its blocks, in order. */
    List<Integer> space() {
        return blocks.stream().map(Datastore.Block::number).toList();
    }
}
