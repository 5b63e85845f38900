package cofferdam.analysis.rules;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.YamlFile;
import cofferdam.monitor.yaml.YamlMapping;

import java.nio.file.Path;
import java.util.List;

/**
 * Rules as a YAML file. Everything that is wrong with a file is reported at once. The keys, and what
 * holds where one is not given:
 *
 * <pre>
 * rules:
 *   - rule: name                     # required
 *     summary: one line              # required
 *     advice: one line               # required
 *     severity: low | medium | high  # required
 *     expressions: [regex, ...]      # required; 1 to 8, in RE2's syntax, over bytes
 *     longest: 512                   # the most bytes of a match, up to 65536
 *     value: regex                   # the part of a match that is checked; the whole match
 *     entropy: 3.5                   # none; the least entropy of the value, in bits a byte
 *     checks: [check, ...]           # none; all of them must accept the value
 *     accept: [text, ...]            # required; the rule must find something in each
 *     reject: [text, ...]            # none; the rule must find nothing in any
 * </pre>
 *
 * <p>The checks are: {@code not-placeholder}, {@code crc32-base62} (tokens of GitHub and npm),
 * {@code basic-credentials} (Base64 of {@code user:password}), {@code json-web-token}, {@code
 * modulo-11} (BitLocker's recovery keys), {@code not-blank-ntlm}. An expression should begin with, or
 * soon have, characters that are rare: they decide how fast the rule is. In examples {@code \n},
 * {@code \r}, {@code \t}, {@code \\} and {@code \xHH} stand for bytes, and the sign U+00A6 (a broken
 * bar) is left out.
 */
public final class RuleFile {

    private RuleFile() {}

    /**
     * Reads the rules in a file, and tries them on their examples.
     *
     * @throws InvalidFileException with everything that is wrong
     */
    public static List<Rule> read(Path path) throws InvalidFileException {
        return rules(YamlFile.read(path));
    }

    /**
     * Reads the rules in the bytes of a file, and tries them on their examples.
     *
     * @param name what messages call the file
     * @throws InvalidFileException with everything that is wrong
     */
    public static List<Rule> parse(String name, byte[] bytes) throws InvalidFileException {
        return rules(YamlFile.parse(name, bytes));
    }

    /** Reads rules without trying them. */
    static List<RuleEntry> entries(String name, byte[] bytes) throws InvalidFileException {
        YamlMapping root = YamlFile.parse(name, bytes);
        return new RuleReader(root, false).read();
    }

    private static List<Rule> rules(YamlMapping root) throws InvalidFileException {
        return new RuleReader(root, true).read().stream().map(RuleEntry::rule).toList();
    }
}
