package cofferdam.monitor.linux;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.GuestFiles;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.guest.system.GuestSystem;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files on a real guest's disk, as its users have them. */
record UserFiles(GuestBay bay, GuestPower power, StorageLog log) implements GuestFiles {

    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  /.*", Pattern.DOTALL);
    private static final String NO_SUCH_FILE = ": No such file or directory";
    private static final int LONGEST_PATH = 200;

    /** How an access ended. */
    private record Outcome(FileOutcome outcome, String sha256, String detail) {

        private static Outcome failed(String detail) {
            return new Outcome(FileOutcome.FAILED, "", detail);
        }
    }

    /** Something that the guest does with a file. */
    @FunctionalInterface
    private interface Deed {
        GuestShell.Result carryOut(GuestVolume volume) throws IOException;
    }

    @Override
    public Operation save(String path, Canary canary) {
        return log.begin(() -> {
            Outcome result = ofUsers(path)
                    .orElseGet(
                            () -> written(carryOut(volume -> volume.save(path, canary)), canary));
            log.record(time -> new Event.FileSaved(
                    time,
                    bay.machine(),
                    path,
                    result.outcome(),
                    canary,
                    result.sha256(),
                    result.detail()));
        });
    }

    @Override
    public Operation read(String path) {
        return log.begin(() -> {
            Outcome result = possible(path).orElseGet(() -> carryOut(volume -> volume.read(path)));
            log.record(time -> new Event.FileRead(
                    time, bay.machine(), path, result.outcome(), result.sha256(), result.detail()));
        });
    }

    @Override
    public Operation erase(String path) {
        return log.begin(() -> {
            Outcome result = ofUsers(path).orElseGet(() -> carryOut(volume -> volume.erase(path)));
            log.record(time -> new Event.FileErased(
                    time, bay.machine(), path, result.outcome(), result.detail()));
        });
    }

    private Outcome carryOut(Deed deed) {
        Optional<GuestShell> shell = power.system();
        if (shell.isEmpty()) {
            return Outcome.failed("no system is running");
        }
        try {
            return outcome(deed.carryOut(new GuestVolume(shell.get())));
        } catch (IOException silent) {
            // That the console is silent says nothing about the file.
            throw new IllegalStateException(
                    "%s does not answer: %s".formatted(bay.machine(), silent.getMessage()), silent);
        }
    }

    private static Outcome outcome(GuestShell.Result result) {
        String words = ShellText.words(result.output());
        if (result.succeeded()) {
            Matcher sum = SUM.matcher(result.output().strip());
            return new Outcome(FileOutcome.DONE, sum.matches() ? sum.group(1) : "", "");
        }
        if (words.endsWith(NO_SUCH_FILE)) {
            return new Outcome(FileOutcome.MISSING, "", "no such file");
        }
        return Outcome.failed(
                words.isEmpty() ? "exit status %d".formatted(result.status()) : words);
    }

    /** A file that is not what was to be saved is not saved. */
    private static Outcome written(Outcome result, Canary canary) {
        boolean wrong = result.outcome() == FileOutcome.DONE
                && !result.sha256().equals(Sha256.of(GuestSystem.note(canary)));
        return wrong ? Outcome.failed("the file is not what was written") : result;
    }

    /** Why no user changes such a file. */
    private static Optional<Outcome> ofUsers(String path) {
        if (GuestSystem.owns(path)) {
            return Optional.of(Outcome.failed("%s: belongs to the system".formatted(path)));
        }
        return possible(path);
    }

    /** Why there is no such file on any disk: paths may not lead out of it. */
    private static Optional<Outcome> possible(String path) {
        boolean plain = path.startsWith("/")
                && path.length() <= LONGEST_PATH
                && path.chars().noneMatch(Character::isISOControl)
                && Arrays.stream(path.substring(1).split("/", -1))
                        .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        return plain ? Optional.empty() : Optional.of(Outcome.failed("no path of a file"));
    }
}
