package cofferdam.monitor.wire;

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
 * The calls of the C library that Java has no interface for, on 64 bit Linux. Every call gives its
 * result, or the negated error number. An instance is used by one thread at a time.
 */
final class SystemCalls {

    /** The call would have to wait. */
    static final int WOULD_BLOCK = -11;

    /** What was given is wrong. */
    static final int INVALID = -22;

    /** A frame is longer than the interface takes. */
    static final int TOO_LONG = -90;

    /** The interface is down. */
    static final int NETWORK_DOWN = -100;

    /** The interface's queue is full. */
    static final int NO_BUFFERS = -105;

    /** A signal came meanwhile. */
    static final int INTERRUPTED = -4;

    private static final int LONGEST_ERROR_TEXT = 256;

    private final MemorySegment state;

    /**
     * Calls whose error numbers are kept in the arena.
     *
     * @throws IOException if the system is not Linux
     */
    SystemCalls(Arena arena) throws IOException {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw new IOException(
                    "this kind of wire needs Linux, not " + System.getProperty("os.name"));
        }
        state = arena.allocate(Calls.STATE);
    }

    int socket(int domain, int type, int protocol) {
        return (int) rare(Calls.SOCKET, domain, type, protocol);
    }

    int bind(int descriptor, MemorySegment address) {
        return (int) rare(Calls.BIND, descriptor, address, (int) address.byteSize());
    }

    int listen(int descriptor, int backlog) {
        return (int) rare(Calls.LISTEN, descriptor, backlog);
    }

    int accept(int descriptor, int flags) {
        return (int) rare(Calls.ACCEPT, descriptor, MemorySegment.NULL, MemorySegment.NULL, flags);
    }

    int setOption(int descriptor, int level, int name, MemorySegment value) {
        return (int) rare(Calls.SET_OPTION, descriptor, level, name, value, (int) value.byteSize());
    }

    int option(int descriptor, int level, int name, MemorySegment value, MemorySegment size) {
        return (int) rare(Calls.GET_OPTION, descriptor, level, name, value, size);
    }

    int socketName(int descriptor, MemorySegment address, MemorySegment size) {
        return (int) rare(Calls.SOCKET_NAME, descriptor, address, size);
    }

    int open(MemorySegment path, int flags) {
        return (int) rare(Calls.OPEN, path, flags);
    }

    int control(int descriptor, long request, MemorySegment argument) {
        return (int) rare(Calls.CONTROL, descriptor, request, argument);
    }

    int eventDescriptor(int flags) {
        return (int) rare(Calls.EVENT_DESCRIPTOR, 0, flags);
    }

    /** The index of a network interface, at least 1, or an error number. */
    int interfaceIndex(MemorySegment name) {
        int index = (int) rare(Calls.INTERFACE_INDEX, name);
        return index == 0 ? -(int) Calls.ERROR.get(state, 0L) : index;
    }

    int close(int descriptor) {
        return (int) rare(Calls.CLOSE, descriptor);
    }

    long read(int descriptor, MemorySegment buffer) {
        try {
            return result(
                    (long) Calls.READ.invokeExact(state, descriptor, buffer, buffer.byteSize()));
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    long write(int descriptor, MemorySegment buffer) {
        try {
            return result(
                    (long) Calls.WRITE.invokeExact(state, descriptor, buffer, buffer.byteSize()));
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    long send(int descriptor, MemorySegment buffer, int flags) {
        try {
            return result((long)
                    Calls.SEND.invokeExact(state, descriptor, buffer, buffer.byteSize(), flags));
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    long receive(int descriptor, MemorySegment buffer, int flags) {
        try {
            return result((long)
                    Calls.RECEIVE.invokeExact(state, descriptor, buffer, buffer.byteSize(), flags));
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    long receiveMessage(int descriptor, MemorySegment message, int flags) {
        try {
            return result(
                    (long) Calls.RECEIVE_MESSAGE.invokeExact(state, descriptor, message, flags));
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Waits until one of the descriptors is ready, or that many milliseconds; -1 for ever. */
    int poll(MemorySegment descriptors, long count, int milliseconds) {
        try {
            int ready;
            do {
                ready = (int) result(
                        (int) Calls.POLL.invokeExact(state, descriptors, count, milliseconds));
            } while (ready == INTERRUPTED);
            return ready;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * The result, if it is none of an error.
     *
     * @param call the name of the call
     * @param subject what it was made for: an interface, a path
     * @throws IOException that names both and the error's text
     */
    static int require(int result, String call, String subject) throws IOException {
        if (result < 0) {
            throw new IOException(
                    "%s for '%s' failed: %s".formatted(call, subject, errorText(-result)));
        }
        return result;
    }

    @SuppressWarnings("restricted")
    private static String errorText(int error) {
        try {
            MemorySegment text = (MemorySegment) Calls.ERROR_TEXT.invokeExact(error);
            return text.reinterpret(LONGEST_ERROR_TEXT).getString(0);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private long rare(MethodHandle handle, Object... arguments) {
        try {
            Object given = handle.bindTo(state).invokeWithArguments(arguments);
            return result(((Number) given).longValue());
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private long result(long given) {
        return given < 0 ? -(int) Calls.ERROR.get(state, 0L) : given;
    }

    /** Apart, so that a system without these functions fails only when one is used. */
    @SuppressWarnings("restricted")
    private static final class Calls {
        private static final Linker LINKER = Linker.nativeLinker();
        private static final StructLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERROR =
                STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

        static final MethodHandle SOCKET = small("socket", JAVA_INT, JAVA_INT, JAVA_INT);
        static final MethodHandle BIND = small("bind", JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle LISTEN = small("listen", JAVA_INT, JAVA_INT);
        static final MethodHandle ACCEPT = small("accept4", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
        static final MethodHandle SET_OPTION =
                small("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle GET_OPTION =
                small("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
        static final MethodHandle SOCKET_NAME = small("getsockname", JAVA_INT, ADDRESS, ADDRESS);
        static final MethodHandle OPEN = variadic("open", ADDRESS, JAVA_INT);
        static final MethodHandle CONTROL = variadic("ioctl", JAVA_INT, JAVA_LONG, ADDRESS);
        static final MethodHandle EVENT_DESCRIPTOR = small("eventfd", JAVA_INT, JAVA_INT);
        static final MethodHandle INTERFACE_INDEX = small("if_nametoindex", ADDRESS);
        static final MethodHandle CLOSE = small("close", JAVA_INT);
        static final MethodHandle POLL = small("poll", ADDRESS, JAVA_LONG, JAVA_INT);
        static final MethodHandle READ = large("read", JAVA_INT, ADDRESS, JAVA_LONG);
        static final MethodHandle WRITE = large("write", JAVA_INT, ADDRESS, JAVA_LONG);
        static final MethodHandle SEND = large("send", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
        static final MethodHandle RECEIVE = large("recv", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
        static final MethodHandle RECEIVE_MESSAGE = large("recvmsg", JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle ERROR_TEXT = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ADDRESS, JAVA_INT));

        private static MethodHandle small(String name, MemoryLayout... arguments) {
            return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
        }

        private static MethodHandle large(String name, MemoryLayout... arguments) {
            return handle(name, FunctionDescriptor.of(JAVA_LONG, arguments));
        }

        private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
            return LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow(name),
                    descriptor,
                    Linker.Option.captureCallState("errno"));
        }

        private static MethodHandle variadic(String name, MemoryLayout... arguments) {
            return LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow(name),
                    FunctionDescriptor.of(JAVA_INT, arguments),
                    Linker.Option.captureCallState("errno"),
                    Linker.Option.firstVariadicArg(2));
        }
    }
}
