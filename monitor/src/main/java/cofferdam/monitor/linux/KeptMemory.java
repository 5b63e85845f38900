package cofferdam.monitor.linux;

import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;

import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * The memory of a program in a real guest: a shell that has the secret in a variable of its own, at
 * the beginning of each of so many pieces of the size of a page. A shell does not choose where its
 * memory lies, so that the pieces do not begin where pages do, and which frames of the host have them
 * is not known. On its way there the secret passes the guest's console, and so other places in
 * the guest's memory and in that of the process that runs it.
 */
final class KeptMemory implements ProgramMemory {

    private static final String PROGRAM = "memory";
    private static final String COLLECTION = "collection";
    private static final Duration LIMIT = Duration.ofSeconds(25);
    private static final String UNKNOWN_FRAMES = "";
    private static final String UNABLE =
            "BusyBox has no program that fills pages and times its writes to them";

    private final LinuxGuest guest;
    private int recalls;

    KeptMemory(LinuxGuest guest) {
        this.guest = guest;
    }

    @Override
    public void remember(Canary secret, int pages) {
        String trouble = carryOut(
                "%s %d <<END\n%s\nEND".formatted(GuestScripts.path("keep"), pages, secret.value()));
        if (trouble.isEmpty() && !found().equals(secret.value())) {
            trouble = "the program does not have it";
        }
        String detail = trouble;
        guest.record(time -> new Event.SecretRemembered(
                time, guest.name(), PROGRAM, secret, UNKNOWN_FRAMES, detail));
    }

    @Override
    public void recall() {
        String found = found();
        guest.record(time ->
                new Event.SecretRecalled(time, guest.name(), PROGRAM, found, UNKNOWN_FRAMES));
    }

    /** What the program finds in all pieces; several if they are not alike, nothing if there is none. */
    private String found() {
        recalls++;
        try {
            return guest.shell()
                    .await("%s %d".formatted(GuestScripts.path("recall"), recalls), LIMIT)
                    .output()
                    .strip();
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void forget() {
        carryOut("""
                [ ! -e /run/cofferdam/memory.job ] || {
                  read -r job < /run/cofferdam/memory.job
                  kill -9 "-$job"
                  rm -f /run/cofferdam/memory.job
                }""");
    }

    /** No pages are held; the event says so. */
    @Override
    public void hold(BitSet held, int of) {
        String none = HexFormat.of().formatHex(new byte[Math.ceilDiv(of, Byte.SIZE)]);
        guest.record(time -> new Event.PagesHeld(time, guest.name(), COLLECTION, of, none));
    }

    @Override
    public Pages reserve(int count) throws IOException {
        throw new IOException(UNABLE);
    }

    /** What went wrong, or nothing. */
    private String carryOut(String command) {
        try {
            GuestShell.Result result = guest.shell().await(command, LIMIT);
            return result.succeeded()
                    ? ""
                    : "ended with status %d: %s".formatted(result.status(), result.output());
        } catch (IOException failed) {
            return String.valueOf(failed.getMessage());
        }
    }
}
