package cofferdam.monitor.yaml;

import org.snakeyaml.engine.v2.scanner.StreamReader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads a YAML 1.2 file from outside: one document in UTF-8 whose root is a mapping, without
 * aliases, anchors, tags and directives, within limits of size, depth and count. The reader of the
 * mapping ends with {@code mapping.problems().throwIfAny()}, which throws what was found here and
 * there together.
 */
public final class YamlFile {

    /** The largest file that is read. */
    public static final int MAXIMUM_BYTES = 1 << 20;

    private YamlFile() {}

    /**
     * Reads a file.
     *
     * @throws InvalidFileException if it cannot be read, is too large, or is not YAML
     */
    public static YamlMapping read(Path path) throws InvalidFileException {
        var problems = new Problems(Quoted.escaped(path.toString()));
        return parse(bytes(path, problems), problems);
    }

    /**
     * Reads a file that is in memory already.
     *
     * @param name what messages call it
     * @throws InvalidFileException if it is too large or not YAML
     */
    public static YamlMapping parse(String name, byte[] bytes) throws InvalidFileException {
        var problems = new Problems(Quoted.escaped(name));
        checkSize(bytes.length, problems);
        return parse(bytes, problems);
    }

    private static YamlMapping parse(byte[] bytes, Problems problems) throws InvalidFileException {
        String text = text(bytes, problems);
        YamlNode root = new NodeReader(problems)
                .read(text)
                .orElseThrow(() -> problems.with(new Position(1, 1), "the file is empty"));
        if (root instanceof YamlNode.Mapping mapping) {
            return new YamlMapping("", mapping, problems);
        }
        throw problems.with(
                root.position(), "the file is %s, not a mapping".formatted(root.kind()));
    }

    /** The size is checked before anything is read, and again after, because a file can grow. */
    private static byte[] bytes(Path path, Problems problems) throws InvalidFileException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw problems.with(Position.NONE, "not a regular file");
            }
            checkSize(attributes.size(), problems);
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MAXIMUM_BYTES + 1);
                checkSize(bytes.length, problems);
                return bytes;
            }
        } catch (NoSuchFileException e) {
            throw problems.with(Position.NONE, "no such file");
        } catch (AccessDeniedException e) {
            throw problems.with(Position.NONE, "no permission to read");
        } catch (IOException e) {
            throw problems.with(Position.NONE, "cannot be read: " + Quoted.escaped(e.toString()));
        }
    }

    private static void checkSize(long size, Problems problems) throws InvalidFileException {
        if (size > MAXIMUM_BYTES) {
            String message = "the file has %d bytes, more than %d";
            throw problems.with(Position.NONE, message.formatted(size, MAXIMUM_BYTES));
        }
    }

    private static String text(byte[] bytes, Problems problems) throws InvalidFileException {
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        String text = withoutMark(out.flip().toString());
        if (result.isError()) {
            int value = Byte.toUnsignedInt(bytes[in.position()]);
            throw problems.with(Position.behind(text), "byte 0x%02x is not UTF-8".formatted(value));
        }
        checkCharacters(text, problems);
        return text;
    }

    /** Without the byte order mark that some editors put first. */
    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static void checkCharacters(String text, Problems problems)
            throws InvalidFileException {
        if (StreamReader.isPrintable(text)) {
            return;
        }
        int index = 0;
        while (StreamReader.isPrintable(text.codePointAt(index))) {
            index = text.offsetByCodePoints(index, 1);
        }
        throw problems.with(
                Position.behind(text.substring(0, index)),
                "character U+%04X is not allowed".formatted(text.codePointAt(index)));
    }
}
