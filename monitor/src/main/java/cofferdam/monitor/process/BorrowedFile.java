package cofferdam.monitor.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * A duplicate of a file that another process has open, as a user can have it of processes that are
 * theirs (pidfd_getfd(2), Linux 5.6). What is done to the open file is done to the other process's.
 */
public final class BorrowedFile implements AutoCloseable {

    private static final long PIDFD_OPEN = 434;
    private static final long PIDFD_GETFD = 438;
    private static final int BOTH_WAYS = 2;
    private static final int SET_OPEN_FILE_LOCK = 37;
    private static final short UNLOCK = 2;

    /** struct flock on 64 bit Linux: type and whence in 16 bits each, start and length in 64, the process in 32. */
    private static final long LOCK_BYTES = 32;

    private final int descriptor;
    private final String what;

    private BorrowedFile(int descriptor, String what) {
        this.descriptor = descriptor;
        this.what = what;
    }

    /**
     * A duplicate of that descriptor of that process.
     *
     * @throws IOException if there is none, or the user may not look into that process
     */
    public static BorrowedFile of(long process, int descriptor) throws IOException {
        String what = "descriptor %d of process %d".formatted(descriptor, process);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Calls.STATE);
            int handle = checked(Calls.system(state, PIDFD_OPEN, process, 0, 0), state, what);
            try {
                int copy = checked(
                        Calls.system(state, PIDFD_GETFD, handle, descriptor, 0), state, what);
                return new BorrowedFile(copy, what);
            } finally {
                Calls.close(state, handle);
            }
        }
    }

    /**
     * Shuts a socket down in both directions.
     *
     * @throws IOException if it is no socket, or not connected
     */
    public void shutDown() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Calls.STATE);
            checked(Calls.shutDown(state, descriptor, BOTH_WAYS), state, what);
        }
    }

    /**
     * Gives up every lock that the open file itself has (an open file description lock, fcntl(2)).
     *
     * @throws IOException if the file cannot have locks
     */
    public void unlock() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Calls.STATE);
            MemorySegment lock = arena.allocate(LOCK_BYTES, Long.BYTES);
            lock.set(java.lang.foreign.ValueLayout.JAVA_SHORT, 0, UNLOCK);
            checked(Calls.control(state, descriptor, SET_OPEN_FILE_LOCK, lock), state, what);
        }
    }

    @Override
    public void close() {
        try (Arena arena = Arena.ofConfined()) {
            Calls.close(arena.allocate(Calls.STATE), descriptor);
        }
    }

    private static int checked(long result, MemorySegment state, String what) throws IOException {
        if (result < 0) {
            throw new IOException("%s: %s".formatted(what, Calls.errorText(state)));
        }
        return (int) result;
    }

    /** The calls of the C library. */
    @SuppressWarnings("restricted")
    private static final class Calls {
        private static final Linker LINKER = Linker.nativeLinker();
        private static final StructLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERROR =
                STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final int LONGEST_ERROR_TEXT = 256;

        private static final MethodHandle SYSTEM_CALL = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(1));
        private static final MethodHandle CLOSE = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("close"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT),
                Linker.Option.captureCallState("errno"));
        private static final MethodHandle SHUT_DOWN = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("shutdown"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT),
                Linker.Option.captureCallState("errno"));
        private static final MethodHandle CONTROL = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("fcntl"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(2));
        private static final MethodHandle ERROR_TEXT = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ADDRESS, JAVA_INT));

        static long system(MemorySegment state, long call, long one, long two, long three) {
            try {
                return (long) SYSTEM_CALL.invokeExact(state, call, one, two, three);
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
        }

        static void close(MemorySegment state, int descriptor) {
            try {
                int ignored = (int) CLOSE.invokeExact(state, descriptor);
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
        }

        static int shutDown(MemorySegment state, int descriptor, int how) {
            try {
                return (int) SHUT_DOWN.invokeExact(state, descriptor, how);
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
        }

        static int control(MemorySegment state, int descriptor, int command, MemorySegment lock) {
            try {
                return (int) CONTROL.invokeExact(state, descriptor, command, lock);
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
        }

        static String errorText(MemorySegment state) {
            try {
                int number = (int) ERROR.get(state, 0L);
                MemorySegment text = (MemorySegment) ERROR_TEXT.invokeExact(number);
                return text.reinterpret(LONGEST_ERROR_TEXT).getString(0);
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
        }
    }
}
