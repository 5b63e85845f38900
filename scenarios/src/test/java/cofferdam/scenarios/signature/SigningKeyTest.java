package cofferdam.scenarios.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

class SigningKeyTest {

    private static final byte[] MESSAGE = "manifest".getBytes(UTF_8);

    /** RFC 8410, section 10.3. */
    private static final String PRIVATE_OF_RFC_8410 = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """;

    /** RFC 8410, section 10.1, of the same key. */
    private static final String PUBLIC_OF_RFC_8410 = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----
            """;

    @TempDir
    Path folder;

    @Test
    void readsAndWritesTheKeysOfRfc8410() throws Exception {
        SigningKey key = SigningKey.read(file(PRIVATE_OF_RFC_8410));
        assertThat(key.pem()).isEqualTo(PRIVATE_OF_RFC_8410);
        assertThat(key.publicHalf().pem()).isEqualTo(PUBLIC_OF_RFC_8410);
        assertThat(VerifyingKey.read(file(PUBLIC_OF_RFC_8410)).fingerprint())
                .isEqualTo(key.publicHalf().fingerprint());
    }

    /** RFC 8032, section 7.1, test 2: the only thing signed is one byte. */
    @Test
    void signsAsRfc8032Does() throws Exception {
        String secret = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
        byte[] encoded = HexFormat.of().parseHex("302e020100300506032b657004220420" + secret);
        SigningKey key = SigningKey.read(file(new Pem("PRIVATE KEY", encoded).text()));
        assertThat(HexFormat.of().formatHex(key.sign(new byte[] {0x72})))
                .isEqualTo("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }

    @Test
    void javaItselfFindsTheSignatureGenuine() throws Exception {
        SigningKey key = SigningKey.read(file(PRIVATE_OF_RFC_8410));
        Signature java = Signature.getInstance("Ed25519");
        java.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(key.publicHalf().encoded())));
        java.update(MESSAGE);
        assertThat(java.verify(key.sign(MESSAGE))).isTrue();
    }

    @Test
    void everyChangedBitOfASignatureMakesItFalse() throws Exception {
        SigningKey key = SigningKey.read(file(PRIVATE_OF_RFC_8410));
        byte[] signature = key.sign(MESSAGE);
        assertThat(key.publicHalf().verifies(MESSAGE, signature)).isTrue();
        for (int bit = 0; bit < signature.length * Byte.SIZE; bit++) {
            byte[] changed = signature.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            assertThat(key.publicHalf().verifies(MESSAGE, changed))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void aSignatureOfAnotherLengthIsFalse() throws Exception {
        SigningKey key = SigningKey.read(file(PRIVATE_OF_RFC_8410));
        for (int length : new int[] {0, 63, 65, 1000}) {
            byte[] signature = Arrays.copyOf(key.sign(MESSAGE), length);
            assertThat(key.publicHalf().verifies(MESSAGE, signature)).isFalse();
        }
    }

    @Test
    void bytesThatAreNoKeyGiveNone() throws Exception {
        byte[] encoded = SigningKey.read(file(PRIVATE_OF_RFC_8410)).publicHalf().encoded();
        assertThat(VerifyingKey.decode(encoded)).isPresent();
        assertThat(VerifyingKey.decode(new byte[0])).isEmpty();
        assertThat(VerifyingKey.decode(Arrays.copyOf(encoded, encoded.length - 1)))
                .isEmpty();
        assertThat(VerifyingKey.decode(Arrays.copyOf(encoded, encoded.length + 1)))
                .isEmpty();
        encoded[4] ^= 1;
        assertThat(VerifyingKey.decode(encoded)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n=A==\n-----END PRIVATE KEY-----\n",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIA==\n-----END PRIVATE KEY-----\n"
            })
    void aFileWithoutSuchAKeyIsRefused(String text) {
        assertThatThrownBy(() -> SigningKey.read(file(text))).isInstanceOf(KeyException.class);
        assertThatThrownBy(() -> VerifyingKey.read(file(text))).isInstanceOf(KeyException.class);
    }

    @Test
    void aFileWithoutEndIsRefused() {
        assertThatThrownBy(() -> SigningKey.read(file("-".repeat(Pem.MAXIMUM_FILE_BYTES + 1))))
                .hasMessageContaining("larger than");
        assertThatThrownBy(() -> SigningKey.read(folder.resolve("nowhere")))
                .hasMessageContaining("cannot be read");
    }

    private Path file(String text) throws java.io.IOException {
        return Files.writeString(folder.resolve("key.pem"), text);
    }
}
