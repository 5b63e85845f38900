package cofferdam.monitor.disk.luks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;

class XtsCipherTest {

    private static final HexFormat HEX = HexFormat.of();

    private static final byte[] KEY_128 =
            HEX.parseHex("2718281828459045235360287471352631415926535897932384626433832795");

    private static final byte[] KEY_256 =
            HEX.parseHex("2718281828459045235360287471352662497757247093699959574966967627"
                    + "3141592653589793238462643383279502884197169399375105820974944592");

    @Test
    void vector4OfIeee1619IsEnciphered() {
        byte[] sector = counting(512);

        new XtsCipher(KEY_128, 512).encrypt(0, sector, 0, 512);

        assertThat(HEX.formatHex(sector))
                .startsWith("27a7479befa1d476489f308cd4cfa6e2a96e4bbe3208ff25287dd3819616e89c"
                        + "c78cf7f5e543445f8333d8fa7f56000005279fa5d8b5e4ad40e736ddb4d35412")
                .endsWith("eb4a427d1923ce3ff262735779a418f20a282df920147beabe421ee5319d0568");
    }

    @Test
    void vector10OfIeee1619IsEnciphered() {
        byte[] sector = counting(512);

        new XtsCipher(KEY_256, 512).encrypt(0xff, sector, 0, 512);

        assertThat(HEX.formatHex(sector))
                .startsWith("1c3b3a102f770386e4836c99e370cf9bea00803f5e482357a4ae12d414a3e63b");
    }

    @Test
    void manySectorsAreEachEncipheredByTheirNumber() {
        byte[] together = new byte[40 * 512];
        new Random(1).nextBytes(together);
        byte[] apart = together.clone();
        XtsCipher cipher = new XtsCipher(KEY_256, 512);

        cipher.encrypt(7, together, 0, together.length);
        for (int i = 0; i < 40; i++) {
            cipher.encrypt(7 + i, apart, i * 512, 512);
        }

        assertThat(together).isEqualTo(apart);
    }

    @Test
    void sectorsOf4096BytesAreNumberedInUnitsOf512() {
        byte[] together = new byte[8192];
        byte[] second = new byte[4096];
        XtsCipher cipher = new XtsCipher(KEY_256, 4096);

        cipher.encrypt(16, together, 0, 8192);
        cipher.encrypt(24, second, 0, 4096);

        assertThat(Arrays.copyOfRange(together, 4096, 8192)).isEqualTo(second);
    }

    @Test
    void whatIsEncipheredIsDecipheredWhereverItLiesInTheArray() {
        byte[] bytes = new byte[100 + 20 * 512 + 9];
        new Random(2).nextBytes(bytes);
        byte[] before = bytes.clone();
        XtsCipher cipher = new XtsCipher(KEY_128, 512);

        cipher.encrypt(1L << 40, bytes, 100, 20 * 512);
        assertThat(bytes).isNotEqualTo(before);
        cipher.decrypt(1L << 40, bytes, 100, 20 * 512);

        assertThat(bytes).isEqualTo(before);
    }

    @Test
    void severalThreadsUseOneCipher() {
        XtsCipher cipher = new XtsCipher(KEY_256, 512);
        byte[] expected = counting(16 * 512);
        cipher.encrypt(0, expected, 0, expected.length);

        boolean same = IntStream.range(0, 200).parallel().allMatch(run -> {
            byte[] bytes = counting(16 * 512);
            cipher.encrypt(0, bytes, 0, bytes.length);
            return Arrays.equals(bytes, expected);
        });

        assertThat(same).isTrue();
    }

    @Test
    void aNumberBeyond32BitsWrapsRoundOnlyInPlain() {
        byte[] wrapped = counting(512);
        byte[] first = counting(512);
        byte[] plain64 = counting(512);

        XtsCipher.plain(KEY_256, 512).encrypt(1L << 32, wrapped, 0, 512);
        new XtsCipher(KEY_256, 512).encrypt(0, first, 0, 512);
        new XtsCipher(KEY_256, 512).encrypt(1L << 32, plain64, 0, 512);

        assertThat(wrapped).isEqualTo(first).isNotEqualTo(plain64);
    }

    @Test
    void aPartOfASectorAndAWrongKeyAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new XtsCipher(KEY_128, 512).encrypt(0, new byte[600], 0, 600));
        assertThatIllegalArgumentException().isThrownBy(() -> new XtsCipher(new byte[48], 512));
        assertThatIllegalArgumentException().isThrownBy(() -> new XtsCipher(KEY_128, 520));
    }

    private static byte[] counting(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
