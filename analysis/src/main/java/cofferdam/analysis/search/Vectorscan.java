package cofferdam.analysis.search;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/**
 * The functions of the Vectorscan library that are used here.
 *
 * <p>Source: {@code hs.h} and its Developer's Reference Guide, version 5.4.
 */
@SuppressWarnings("restricted")
final class Vectorscan {

    /** Ignore the case of ASCII letters. */
    static final int CASELESS = 1;

    /** Scan one block of bytes at a time. */
    static final int MODE_BLOCK = 1;

    static final int SUCCESS = 0;

    /** Told to stop by the receiver of matches. */
    static final int SCAN_TERMINATED = -3;

    /** {@code int onMatch(unsigned id, u64 from, u64 to, unsigned flags, void *context)}. */
    static final FunctionDescriptor ON_MATCH =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS);

    private static final String RESOURCE = "com/gliwka/hyperscan/jni/linux-x86_64/libhs.so";

    /** Messages are C strings of no known length. */
    private static final AddressLayout STRING = ADDRESS.withTargetLayout(
            MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));

    /** Offset of the expression's index behind the message's address. */
    private static final long ERROR_INDEX = ADDRESS.byteSize();

    private static final AddressLayout ERROR = ADDRESS.withTargetLayout(
            MemoryLayout.structLayout(STRING, JAVA_INT, MemoryLayout.paddingLayout(4)));

    private final String version;
    final MethodHandle compile;
    final MethodHandle compileLiterals;
    final MethodHandle allocateScratch;
    final MethodHandle scan;
    private final MethodHandle freeDatabase;
    private final MethodHandle freeScratch;
    private final MethodHandle freeError;

    private static final class Loaded {
        private static final Optional<Vectorscan> LIBRARY = tryToLoad();
    }

    private Vectorscan(SymbolLookup symbols) throws Throwable {
        compile = function(symbols, "hs_compile_multi", compileDescriptor(false));
        compileLiterals = function(symbols, "hs_compile_lit_multi", compileDescriptor(true));
        allocateScratch = function(symbols, "hs_alloc_scratch", ofInt(ADDRESS, ADDRESS));
        scan = function(
                symbols,
                "hs_scan",
                ofInt(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        freeDatabase = function(symbols, "hs_free_database", ofInt(ADDRESS));
        freeScratch = function(symbols, "hs_free_scratch", ofInt(ADDRESS));
        freeError = function(symbols, "hs_free_compile_error", ofInt(ADDRESS));
        MethodHandle platform = function(symbols, "hs_valid_platform", ofInt());
        if ((int) platform.invokeExact() != SUCCESS) {
            throw new IOException("this processor lacks what the library needs");
        }
        MethodHandle name = function(symbols, "hs_version", FunctionDescriptor.of(STRING));
        String full = ((MemorySegment) name.invokeExact()).getString(0);
        version = full.substring(0, full.indexOf(' ') < 0 ? full.length() : full.indexOf(' '));
    }

    /** The library; empty where it cannot be loaded. */
    static Optional<Vectorscan> library() {
        return Loaded.LIBRARY;
    }

    /** Such as {@code 5.4.12}. */
    String version() {
        return version;
    }

    void freeDatabase(MemorySegment database) {
        free(freeDatabase, database);
    }

    void freeScratch(MemorySegment scratch) {
        free(freeScratch, scratch);
    }

    /** The exception for a compilation's error, which is freed. */
    InvalidNeedleException failure(MemorySegment pointer) {
        MemorySegment error = pointer.get(ERROR, 0);
        String message = error.get(STRING, 0).getString(0);
        int index = error.get(JAVA_INT, ERROR_INDEX);
        free(freeError, error);
        return new InvalidNeedleException(index, message);
    }

    private static void free(MethodHandle function, MemorySegment what) {
        try {
            int ignored = (int) function.invokeExact(what);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Missing, for another machine, in a folder from which nothing runs: Java does the work then. */
    private static Optional<Vectorscan> tryToLoad() {
        if (!"Linux".equals(System.getProperty("os.name"))
                || !"amd64".equals(System.getProperty("os.arch").toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        try (InputStream in = ClassLoader.getSystemResourceAsStream(RESOURCE)) {
            return in == null ? Optional.empty() : Optional.of(load(in));
        } catch (Throwable e) {
            return Optional.empty();
        }
    }

    /** The file belongs to this user alone, and is gone once it is mapped. */
    private static Vectorscan load(InputStream in) throws Throwable {
        Path file = Files.createTempFile("libhs", ".so");
        try {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return new Vectorscan(SymbolLookup.libraryLookup(file, Arena.global()));
        } finally {
            Files.delete(file);
        }
    }

    private static FunctionDescriptor compileDescriptor(boolean literals) {
        return literals
                ? ofInt(
                        ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS,
                        ADDRESS)
                : ofInt(ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    }

    private static FunctionDescriptor ofInt(MemoryLayout... arguments) {
        return FunctionDescriptor.of(JAVA_INT, arguments);
    }

    private static MethodHandle function(
            SymbolLookup symbols, String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), descriptor);
    }
}
