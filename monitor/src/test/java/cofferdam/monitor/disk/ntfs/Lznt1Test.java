package cofferdam.monitor.disk.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.disk.MalformedImageException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class Lznt1Test {

    @Test
    void theExampleOfTheSpecificationIsDecompressed() throws Exception {
        byte[] packed = HexFormat.of()
                .parseHex("38b08846232000204720410010a24701a045204400084501507900c0452005"
                        + "24138805b4024a44ef0358028c0916014845"
                        + "00be009e000401189000");
        String text = "F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D E E "
                + "F# D E F# G F# D E F# G F# E D E A F# F# G A A G F# E D D E F# E D D\0";

        assertThat(Lznt1.decompress(Span.of(packed), text.length()))
                .isEqualTo(NtfsImage.ascii(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 17, 4095, 4096, 4097, 20_000, 65_536})
    void whatIsCompressedIsDecompressed(int size) throws Exception {
        for (int alphabet : new int[] {1, 2, 5, 256}) {
            byte[] content = new byte[size];
            Random random = new Random(size + alphabet);
            for (int i = 0; i < size; i++) {
                content[i] = (byte) random.nextInt(alphabet);
            }
            assertThat(Lznt1.decompress(Span.of(compress(content)), size)).isEqualTo(content);
        }
    }

    @Test
    void whatTheInputDoesNotCoverIsZeros() throws Exception {
        byte[] packed = compress(NtfsImage.ascii("abc"));

        assertThat(Lznt1.decompress(Span.of(packed), 10))
                .isEqualTo(Arrays.copyOf(NtfsImage.ascii("abc"), 10));
        assertThat(Lznt1.decompress(Span.of(new byte[0]), 3)).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "03b0010000", // a reference before the first byte
                "05b002610010", // a reference two bytes before the second
                "04b0026100", // half a reference
                "ffb00000", // a chunk longer than the input
                "0f30000000000000000000000000000000", // a plain chunk of 16 into 8
                "03b00261ff0f" // a match longer than the chunk
            })
    void brokenInputFails(String hex) {
        byte[] packed = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> Lznt1.decompress(Span.of(packed), 8))
                .isInstanceOfSatisfying(
                        MalformedImageException.class,
                        e -> assertThat(e.problem().kind()).isEqualTo(NtfsProblem.BAD_COMPRESSION));
    }

    @Test
    void randomInputEndsOrFails() {
        Random random = new Random(7);
        for (int round = 0; round < 5000; round++) {
            byte[] packed = new byte[random.nextInt(2, 300)];
            random.nextBytes(packed);
            packed[1] = (byte) (0xb0 | packed.length >> 8);
            try {
                assertThat(Lznt1.decompress(Span.of(packed), 8192)).hasSize(8192);
            } catch (MalformedImageException e) {
                assertThat(e.problem()).isNotNull();
            }
        }
    }

    /** Greedy compression, written for the tests: the longest earlier match, chunk by chunk. */
    static byte[] compress(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int start = 0; start < content.length; start += 4096) {
            byte[] chunk =
                    Arrays.copyOfRange(content, start, Math.min(content.length, start + 4096));
            byte[] tokens = tokens(chunk);
            boolean plain = tokens.length >= chunk.length;
            byte[] body = plain ? chunk : tokens;
            int header = body.length - 1 | 0x3000 | (plain ? 0 : 0x8000);
            packed.write(header);
            packed.write(header >> 8);
            packed.writeBytes(body);
        }
        return packed.toByteArray();
    }

    private static byte[] tokens(byte[] chunk) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int at = 0;
        while (at < chunk.length) {
            ByteArrayOutputStream group = new ByteArrayOutputStream();
            int tags = 0;
            for (int token = 0; token < 8 && at < chunk.length; token++) {
                int lengthBits = 12;
                while (at > 0 && ((at - 1) >> (16 - lengthBits)) > 0) {
                    lengthBits--;
                }
                int longest = (1 << lengthBits) + 2;
                int best = 0;
                int bestDistance = 0;
                for (int distance = 1; distance <= Math.min(at, 300); distance++) {
                    int length = 0;
                    while (length < longest
                            && at + length < chunk.length
                            && chunk[at + length] == chunk[at + length - distance]) {
                        length++;
                    }
                    if (length > best) {
                        best = length;
                        bestDistance = distance;
                    }
                }
                if (best < 3) {
                    group.write(chunk[at++]);
                } else {
                    int reference = ((bestDistance - 1) << lengthBits) | (best - 3);
                    group.write(reference);
                    group.write(reference >> 8);
                    tags |= 1 << token;
                    at += best;
                }
            }
            all.write(tags);
            all.writeBytes(group.toByteArray());
        }
        return all.toByteArray();
    }
}
