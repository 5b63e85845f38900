package cofferdam.monitor.linux;

import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.guest.system.GuestSystem;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A real guest's disk as its own programs use it: the kernel's partition table, file system and cache,
 * by the script {@code disk}.
 */
record GuestVolume(GuestShell shell) {

    /** How long a deed may take on a busy computer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long a line of data may be, in characters. */
    private static final int DATA_LINE = 76;

    private static final byte[] LINE_END = {'\n'};

    private static final String SCRIPT = GuestScripts.path(GuestScripts.DISK);

    /**
     * Mounts the disk and checks what an operating system needs to come up from it.
     *
     * @return what keeps it from coming up, in the guest's words; empty if nothing does
     * @throws IOException if the guest does not answer
     */
    Optional<String> mount() throws IOException {
        return trouble(run("mount " + GuestSystem.PARTITION + " " + GuestSystem.CHECKSUMS));
    }

    /**
     * Has everything saved written to the disk, and lets go of it.
     *
     * @return what went wrong, in the guest's words; empty if nothing did
     * @throws IOException if the guest does not answer
     */
    Optional<String> unmount() throws IOException {
        return trouble(run("unmount"));
    }

    /**
     * Writes the note with a secret into a file and through to the disk, and prints its SHA-256.
     *
     * @throws IOException if the guest does not answer
     */
    GuestShell.Result save(String path, Canary canary) throws IOException {
        return run("save %s %s %d %s"
                .formatted(
                        ShellText.quoted(path),
                        canary,
                        GuestSystem.NOTE_LINES,
                        ShellText.quoted(GuestSystem.NOTE_LINE)));
    }

    /**
     * Reads a file from the disk, not from memory, and prints its SHA-256.
     *
     * @throws IOException if the guest does not answer
     */
    GuestShell.Result read(String path) throws IOException {
        return run("read " + ShellText.quoted(path));
    }

    /**
     * Overwrites a file with zeros where it lies, and deletes it.
     *
     * @throws IOException if the guest does not answer
     */
    GuestShell.Result erase(String path) throws IOException {
        return run("erase " + ShellText.quoted(path));
    }

    /**
     * How large the disk is, in bytes.
     *
     * @throws IOException if there is none, or the guest does not answer
     */
    long size() throws IOException {
        String output = required(run("size"));
        try {
            return Long.parseLong(output.strip());
        } catch (NumberFormatException e) {
            throw new IOException("the disk has '%s' bytes".formatted(ShellText.words(output)), e);
        }
    }

    /**
     * Reads from the disk itself, past every cache.
     *
     * @throws IOException if the disk reports an error, or the guest does not answer
     */
    byte[] get(long offset, int count) throws IOException {
        String command = "%s get %d %d".formatted(SCRIPT, offset, count);
        byte[] packed = shell.bytes(command, PATIENCE);
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] block = unpacked.readNBytes(count + 1);
            if (block.length != count) {
                throw new IOException("%d bytes instead of %d came from the disk at %d"
                        .formatted(block.length, count, offset));
            }
            return block;
        }
    }

    /**
     * Writes to the disk itself, and through to it.
     *
     * @throws IOException if the disk reports an error, or the guest does not answer
     */
    void put(long offset, byte[] block) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
            packing.write(block);
        }
        String data =
                Base64.getMimeEncoder(DATA_LINE, LINE_END).encodeToString(packed.toByteArray());
        required(run("put %d <<'DATA'\n%s\nDATA".formatted(offset, data)));
    }

    private GuestShell.Result run(String deed) throws IOException {
        return shell.await(SCRIPT + " " + deed, PATIENCE);
    }

    private static String required(GuestShell.Result result) throws IOException {
        Optional<String> trouble = trouble(result);
        if (trouble.isPresent()) {
            throw new IOException(trouble.get());
        }
        return result.output();
    }

    private static Optional<String> trouble(GuestShell.Result result) {
        if (result.succeeded()) {
            return Optional.empty();
        }
        String words = ShellText.words(result.output());
        return Optional.of(words.isEmpty() ? "exit status %d".formatted(result.status()) : words);
    }
}
