package cofferdam.scenarios.cli;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Problem;
import cofferdam.scenarios.baseline.Baseline;
import cofferdam.scenarios.baseline.BaselineFile;
import cofferdam.scenarios.baseline.Reckoning;
import cofferdam.scenarios.result.RunResult;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The options by which a build fails on new violations only. */
final class BaselineOptions {

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Fail only on violations that this file does not have.")
    private Optional<Path> baseline = Optional.empty();

    @Option(
            names = "--write-baseline",
            paramLabel = "FILE",
            description = {
                "Write the violations into this file, to be given with --baseline next time.",
                "What the file given with --baseline, or else this one, says of them is kept,"
                        + " and so is what was not run."
            })
    private Optional<Path> written = Optional.empty();

    @Option(
            names = "--today",
            paramLabel = "YYYY-MM-DD",
            description = "The day by which accepted risks expire (default: today in UTC).")
    private Optional<String> today = Optional.empty();

    /**
     * Results as they count today, and what became of the baseline.
     *
     * @param change in one line for people; empty if none was written
     */
    record Outcome(Reckoning reckoning, String change) {}

    /** What was given, read and checked. */
    record Given(Optional<Baseline> baseline, Optional<Path> written, LocalDate today) {

        /** Whether a baseline was given, or one is written. */
        boolean hasBaseline() {
            return baseline.isPresent() || written.isPresent();
        }

        /** Results as they count today. */
        Reckoning reckon(List<RunResult> runs) {
            return Reckoning.of(runs, baseline.orElse(Baseline.EMPTY), today);
        }

        /**
         * Writes the new baseline, if one is wanted, and reckons as if it had been given.
         *
         * @throws BadInputException if it cannot be written; what was there is untouched
         */
        Outcome writeAndReckon(List<RunResult> runs) throws BadInputException {
            Reckoning before = reckon(runs);
            if (written.isEmpty()) {
                return new Outcome(before, "");
            }
            Baseline old = baseline.orElse(Baseline.EMPTY);
            Baseline after = old.after(before);
            try {
                replace(written.get(), BaselineFile.write(after));
            } catch (InvalidFileException tooLarge) {
                throw new BadInputException(messages(tooLarge));
            } catch (IOException failed) {
                throw new BadInputException(
                        "baseline '%s' cannot be written: %s".formatted(written.get(), failed));
            }
            int removed = before.gone().size();
            String change = "baseline written: %s, %d added, %d removed, %d in all"
                    .formatted(
                            written.get(),
                            after.size() - old.size() + removed,
                            removed,
                            after.size());
            return new Outcome(Reckoning.of(runs, after, today), change);
        }

        private static void replace(Path file, byte[] content) throws IOException {
            Path target = file.toAbsolutePath();
            Path beside = Files.createTempFile(target.getParent(), ".baseline", ".partial");
            try {
                Files.write(beside, content);
                Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        }
    }

    /** Reads and checks what was given, before anything runs; problems go to the choices. */
    Given given(Choices choices) {
        Optional<Baseline> read = baseline.flatMap(file -> read(file, choices));
        Optional<Baseline> old = written.filter(
                        file -> baseline.filter(file::equals).isEmpty())
                .flatMap(file -> old(file, choices));
        return new Given(read.or(() -> old), written, choices.today(today));
    }

    private static Optional<Baseline> read(Path file, Choices choices) {
        try {
            return Optional.of(BaselineFile.read(file));
        } catch (InvalidFileException invalid) {
            messages(invalid).forEach(choices::reject);
            return Optional.empty();
        }
    }

    /** What is in a file that will be written: a baseline, and nothing else is overwritten. */
    private static Optional<Baseline> old(Path file, Choices choices) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null || !Files.isWritable(folder)) {
                choices.reject("baseline '%s' is not in a writable folder".formatted(file));
            }
            return Optional.empty();
        }
        try {
            return Optional.of(BaselineFile.read(file));
        } catch (InvalidFileException foreign) {
            choices.reject("'%s' is not a baseline of Cofferdam and is not overwritten: %s"
                    .formatted(file, messages(foreign).getFirst()));
            return Optional.empty();
        }
    }

    private static List<String> messages(InvalidFileException invalid) {
        return invalid.problems().stream().map(Problem::toString).toList();
    }
}
