package cofferdam.scenarios.cli;

import cofferdam.scenarios.lab.LabConsole;

import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.TerminalBuilder;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Where commands come from and answers go to: a terminal with history and completion, or streams. */
interface LabInput extends AutoCloseable {

    /** The next command; empty at the end. Blocks. */
    Optional<String> next();

    /** Prints a line of an answer, which must be safe. */
    void print(String line);

    @Override
    void close();

    /** A terminal if standard input is one. */
    static LabInput open(LabConsole console, PrintWriter out) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        try {
            return terminal ? prompt(console) : stream(out);
        } catch (IOException failed) {
            throw new UncheckedIOException("the terminal cannot be used", failed);
        }
    }

    private static LabInput stream(PrintWriter out) {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return new LabInput() {
            @Override
            public Optional<String> next() {
                try {
                    return Optional.ofNullable(lines.readLine());
                } catch (IOException broken) {
                    return Optional.empty();
                }
            }

            @Override
            public void print(String line) {
                out.println(line);
            }

            @Override
            public void close() {
                // Standard input belongs to whoever started the program.
            }
        };
    }

    private static LabInput prompt(LabConsole console) throws IOException {
        org.jline.terminal.Terminal terminal =
                TerminalBuilder.builder().name("cofferdam").system(true).build();
        Completer completer = (reader, line, candidates) -> {
            List<String> before = line.words().subList(0, line.wordIndex());
            console.completions(before).forEach(word -> candidates.add(new Candidate(word)));
        };
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer(completer)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        return new LabInput() {
            @Override
            public Optional<String> next() {
                try {
                    return Optional.of(reader.readLine("lab> "));
                } catch (UserInterruptException | EndOfFileException ended) {
                    return Optional.empty();
                }
            }

            @Override
            public void print(String line) {
                terminal.writer().println(line);
                terminal.flush();
            }

            @Override
            public void close() {
                try {
                    terminal.close();
                } catch (IOException failed) {
                    throw new UncheckedIOException("the terminal cannot be closed", failed);
                }
            }
        };
    }
}
