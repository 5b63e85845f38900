package cofferdam.monitor.disk.fat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.Charset;

/** Holds the character set against the one of the JDK. */
class CodePage437Test {

    @Test
    void everyOctetIsTheCharacterThatTheJdkHas() {
        for (int octet = 0x20; octet < 0x100; octet++) {
            byte[] bytes = {(byte) octet};

            assertThat("" + CodePage437.character(octet))
                    .isEqualTo(new String(bytes, Charset.forName("IBM437")));
        }
    }
}
