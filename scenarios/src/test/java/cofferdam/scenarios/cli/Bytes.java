package cofferdam.scenarios.cli;

import java.nio.charset.StandardCharsets;

/** Bytes searched and changed as if they were Latin-1 text. */
final class Bytes {

    private Bytes() {}

    static byte[] replace(byte[] bytes, String wanted, String instead) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace(wanted, instead)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
