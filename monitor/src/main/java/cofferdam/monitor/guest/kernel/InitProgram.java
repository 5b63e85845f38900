package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.guest.kernel.Clock.Beats;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** The first process. Every second it executes some more of the files that it is made of. */
final class InitProgram implements Program {

    private static final long WORK = 50_000;

    private final SystemCalls calls;
    private final EssentialFiles files;
    private final Beats beats;

    InitProgram(SystemCalls calls, EssentialFiles files, Beats beats) {
        this.calls = calls;
        this.files = files;
        this.beats = beats;
    }

    @Override
    public void step(Task self, long cycles) {
        if (!beats.isDue()) {
            calls.block(self);
            return;
        }
        long round = beats.next();
        calls.compute(WORK);
        try {
            boolean read = files.execute(self, round);
            if (read) {
                calls.sleep(self, calls.disk(Ram.PAGE, false));
            }
        } catch (IOException e) {
            calls.fault(self, message(e));
        }
    }

    static String message(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "%s does not exist".formatted(problem.getMessage());
        }
        return String.valueOf(problem.getMessage());
    }
}
