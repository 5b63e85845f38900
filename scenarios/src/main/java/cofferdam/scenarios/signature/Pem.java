package cofferdam.scenarios.signature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a text file as RFC 7468 has it: a label, and bytes in base64. */
final class Pem {

    /** The largest file that is read, in bytes; a key has about 120. */
    static final int MAXIMUM_FILE_BYTES = 16_384;

    private static final int LINE_LENGTH = 64;
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z ]{1,40})-----\\s+([A-Za-z0-9+/=\\s]+?)\\s*-----END \\1-----");

    private final String label;
    private final byte[] content;

    Pem(String label, byte[] content) {
        this.label = label;
        this.content = content.clone();
    }

    /** The first block of a file. */
    static Pem read(Path file) throws KeyException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAXIMUM_FILE_BYTES + 1);
            if (bytes.length > MAXIMUM_FILE_BYTES) {
                throw new KeyException("key file '%s' is larger than %d bytes"
                        .formatted(file, MAXIMUM_FILE_BYTES));
            }
            return parse(file, new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new KeyException("key file '%s' cannot be read: %s".formatted(file, e), e);
        }
    }

    private static Pem parse(Path file, String text) throws KeyException {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new KeyException("'%s' is no PEM file".formatted(file));
        }
        try {
            return new Pem(block.group(1), Base64.getMimeDecoder().decode(block.group(2)));
        } catch (IllegalArgumentException e) {
            throw new KeyException("'%s' holds no base64: %s".formatted(file, e.getMessage()), e);
        }
    }

    String label() {
        return label;
    }

    byte[] content() {
        return content.clone();
    }

    /** The block as a file of its own. */
    String text() {
        byte[] lineEnd = {'\n'};
        String body = Base64.getMimeEncoder(LINE_LENGTH, lineEnd).encodeToString(content);
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(label, body)
                .replace(System.lineSeparator(), "\n");
    }
}
