package cofferdam.monitor.emulated;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.GuestFiles;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.guest.system.GuestSystem;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/** The files of a machine's operating system, as its users have them. */
record UserFiles(DiskBay bay, StorageLog log) implements GuestFiles {

    private static final Duration ACCESS = Duration.ofMillis(10);

    /** How an access ended. */
    private record Result(FileOutcome outcome, String sha256, String detail) {}

    /** Something done with files; gives the content that it was about. */
    @FunctionalInterface
    private interface Deed {
        byte[] carryOut(GuestSystem system) throws IOException;
    }

    @Override
    public Operation save(String path, Canary canary) {
        return log.after(ACCESS, () -> {
            Result result = carryOut(system -> system.save(path, canary));
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
        return log.after(ACCESS, () -> {
            Result result = carryOut(system -> system.read(path));
            log.record(time -> new Event.FileRead(
                    time, bay.machine(), path, result.outcome(), result.sha256(), result.detail()));
        });
    }

    @Override
    public Operation erase(String path) {
        return log.after(ACCESS, () -> {
            Result result = carryOut(system -> {
                system.erase(path);
                return new byte[0];
            });
            log.record(time -> new Event.FileErased(
                    time, bay.machine(), path, result.outcome(), result.detail()));
        });
    }

    private Result carryOut(Deed deed) {
        if (bay.system().isEmpty()) {
            return new Result(FileOutcome.FAILED, "", "no system is running");
        }
        try {
            byte[] content = deed.carryOut(bay.system().get());
            return new Result(FileOutcome.DONE, Sha256.of(content), "");
        } catch (NoSuchFileException e) {
            return new Result(FileOutcome.MISSING, "", "no such file");
        } catch (IOException e) {
            return new Result(FileOutcome.FAILED, "", String.valueOf(e.getMessage()));
        }
    }
}
