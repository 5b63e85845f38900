package cofferdam.monitor.datastore;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.evidence.Evidence;

import org.jspecify.annotations.Nullable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A host's storage: blocks of 64 KiB, and files that are made of them. Space that a file gives back
 * keeps its bytes, and the next file that needs space gets the space given back last. A file that
 * grows by being written to shows zeros where it was not; space that is allocated beforehand is
 * cleared or not as the policy says. Not safe for several threads.
 */
public final class Datastore {

    /** The size of a block in bytes. */
    public static final int BLOCK = Evidence.SPACE_BLOCK;

    private static final byte[] ZEROS = new byte[BLOCK];

    private final int capacity;
    private final boolean zeroOnAllocate;
    private final SortedMap<String, StoredFile> files = new TreeMap<>();
    private final Deque<Block> released = new ArrayDeque<>();
    private int used;
    private int fresh;

    /** A block of space. */
    static final class Block {

        private final int number;
        private byte @Nullable [] bytes;

        private Block(int number) {
            this.number = number;
        }

        /** Its place in the store. */
        int number() {
            return number;
        }

        /** Its bytes, to be written to. */
        byte[] bytes() {
            if (bytes == null) {
                bytes = new byte[BLOCK];
            }
            return bytes;
        }

        /** Its bytes, to be read; space that was never written to costs nothing. */
        byte[] content() {
            return bytes == null ? ZEROS : bytes;
        }

        void clear(int start, int count) {
            if (bytes != null) {
                Arrays.fill(bytes, start, start + count, (byte) 0);
            }
        }
    }

    /**
     * An empty store.
     *
     * @param capacity in bytes, a multiple of {@link #BLOCK}
     * @param zeroOnAllocate whether space is cleared before a file gets it
     */
    public Datastore(long capacity, boolean zeroOnAllocate) {
        if (capacity <= 0 || capacity % BLOCK != 0) {
            throw new IllegalArgumentException(
                    "capacity %d is not a positive multiple of %d".formatted(capacity, BLOCK));
        }
        this.capacity = Math.toIntExact(capacity / BLOCK);
        this.zeroOnAllocate = zeroOnAllocate;
    }

    /** The names of all files, sorted. */
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    /**
     * A new empty file.
     *
     * @throws FileAlreadyExistsException if there is one of that name
     */
    public ImageFile create(String name) throws FileAlreadyExistsException {
        if (files.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        StoredFile file = new StoredFile(this);
        files.put(name, file);
        return file;
    }

    /**
     * The file of that name.
     *
     * @throws FileNotFoundException if there is none
     */
    public ImageFile open(String name) throws FileNotFoundException {
        return find(name);
    }

    private StoredFile find(String name) throws FileNotFoundException {
        StoredFile file = files.get(name);
        if (file == null) {
            throw new FileNotFoundException(name);
        }
        return file;
    }

    /**
     * Removes a file; its space is given back with what is in it.
     *
     * @throws IOException if there is none
     */
    public void delete(String name) throws IOException {
        open(name).resize(0);
        files.remove(name);
    }

    /**
     * The numbers of the blocks that a file has, in its order.
     *
     * @throws FileNotFoundException if there is none of that name
     */
    public List<Integer> space(String name) throws FileNotFoundException {
        return find(name).space();
    }

    /**
     * Fails unless so many blocks are free.
     *
     * @throws MalformedImageException if they are not, as {@link CommonProblem#LIMIT}
     */
    void requireRoom(long blocks) throws MalformedImageException {
        if (blocks > capacity - used) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT,
                    "the datastore of %d bytes is full".formatted((long) capacity * BLOCK));
        }
    }

    /** A free block, which holds what its last owner left there unless it was cleared or never used. */
    Block allocate() {
        used++;
        Block block = released.isEmpty() ? new Block(fresh++) : released.pop();
        if (zeroOnAllocate) {
            block.clear(0, BLOCK);
        }
        return block;
    }

    /** Takes back a file's last blocks, so that the first of them is the next to be handed out. */
    void release(List<Block> blocks) {
        for (Block block : new ArrayList<>(blocks).reversed()) {
            released.push(block);
            used--;
        }
    }
}
