package cofferdam.scenarios.cli;

import cofferdam.analysis.audit.AuditRequest;
import cofferdam.analysis.audit.DeclaredFormat;
import cofferdam.analysis.audit.ImageAudit;
import cofferdam.analysis.audit.InvalidRuleException;
import cofferdam.analysis.audit.Keys;
import cofferdam.analysis.rules.Rule;
import cofferdam.analysis.rules.RuleFile;
import cofferdam.analysis.rules.SecretRules;
import cofferdam.analysis.search.Needle;
import cofferdam.monitor.disk.Severity;
import cofferdam.monitor.yaml.InvalidFileException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Turns the options of an audit into what it needs, and gathers what is wrong with them. */
final class AuditChoices {

    /** The most bytes of a match of a regular expression that the user gives. */
    private static final int LONGEST_MATCH = 1024;

    /** The most bytes of a file with a passphrase or key. */
    private static final int LARGEST_KEY = 1 << 16;

    private final List<String> problems = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    void images(List<Path> images) {
        for (Path image : images) {
            String problem = problemOf(image);
            if (!problem.isEmpty()) {
                problems.add("image '%s': %s".formatted(image, problem));
            }
        }
    }

    private static String problemOf(Path image) {
        if (!Files.exists(image)) {
            return "there is no such file";
        }
        if (Files.isDirectory(image)) {
            return "it is a folder, not a file";
        }
        if (!Files.isRegularFile(image)) {
            return "it is not a regular file";
        }
        return Files.isReadable(image) ? "" : "it may not be read";
    }

    void folders(List<Path> folders) {
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                problems.add("--allow '%s': there is no such folder".formatted(folder));
            }
        }
    }

    void find(List<String> texts) {
        for (String text : texts) {
            try {
                rules.add(asked(
                        "find:" + text,
                        "the text '%s'".formatted(text),
                        Needle.Literal.ofText(text, false)));
            } catch (IllegalArgumentException e) {
                problems.add("--find '%s': %s".formatted(text, e.getMessage()));
            }
        }
    }

    void findHex(List<String> texts) {
        for (String text : texts) {
            try {
                byte[] bytes = HexFormat.of().parseHex(text.replace(" ", ""));
                rules.add(asked(
                        "find-hex:" + text,
                        "the bytes " + text,
                        List.of(new Needle.Literal(bytes, false))));
            } catch (IllegalArgumentException e) {
                problems.add("--find-hex '%s': %s".formatted(text, e.getMessage()));
            }
        }
    }

    void regex(List<String> expressions) {
        for (String expression : expressions) {
            rules.add(asked(
                    "regex:" + expression,
                    "matches of '%s'".formatted(expression),
                    List.of(new Needle.Expression(expression, LONGEST_MATCH))));
        }
    }

    void ruleFiles(List<Path> files) {
        for (Path file : files) {
            try {
                rules.addAll(RuleFile.read(file));
            } catch (InvalidFileException e) {
                e.problems().forEach(problem -> problems.add(problem.toString()));
            }
        }
    }

    void secrets() {
        rules.addAll(SecretRules.builtIn());
    }

    private static Rule asked(String id, String summary, List<Needle> needles) {
        return new Rule(
                id, summary, "decide whether it may be there", Severity.HIGH, needles, List.of());
    }

    List<Rule> rules() {
        return rules;
    }

    Keys keys(List<Path> passphraseFiles, List<Path> keyFiles) {
        return new Keys(
                passphraseFiles.stream()
                        .map(file -> withoutLineEnd(read("--passphrase-file", file)))
                        .toList(),
                keyFiles.stream().map(file -> read("--volume-key-file", file)).toList());
    }

    private byte[] read(String option, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_KEY + 1);
            if (bytes.length > LARGEST_KEY) {
                problems.add(
                        "%s '%s': it has more than %d bytes".formatted(option, file, LARGEST_KEY));
            }
            return bytes;
        } catch (IOException e) {
            problems.add("%s '%s': it cannot be read".formatted(option, file));
            return new byte[0];
        }
    }

    /** Editors end a line; a passphrase does not. */
    private static byte[] withoutLineEnd(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
        }
        if (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    void problem(String problem) {
        problems.add(problem);
    }

    /**
     * Ends the choice.
     *
     * @throws BadInputException if anything was wrong, the rules among it
     */
    ImageAudit audit(DeclaredFormat format, List<Path> allowed, Keys keys)
            throws BadInputException {
        try {
            ImageAudit audit = ImageAudit.of(new AuditRequest(rules, format, allowed, keys));
            if (problems.isEmpty()) {
                return audit;
            }
            audit.close();
        } catch (InvalidRuleException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        throw new BadInputException(problems);
    }
}
