package cofferdam.monitor.disk.signature;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Oracle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

final class ImageSignatureTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"qcow", "qcow2", "qed", "vmdk", "vpc", "vhdx", "vdi", "parallels"})
    void theFormatIsThatOfQemu(String format) throws Exception {
        Path image = folder.resolve("image");
        Oracle.in(folder).qemuImg().run("create", "-f", format, image.toString(), "8M");

        assertThat(ImageSignature.allOf(ByteSource.of(Files.readAllBytes(image))))
                .singleElement()
                .extracting(ImageSignature::format)
                .isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({
        "0,     'COWD',                       VMDK_COWD",
        "0,     '\u00be\u00ba\u00fe\u00ca\0\0\0\0', VMDK_SESPARSE",
        "0,     '# disk descriptorfile',      VMDK_DESCRIPTOR",
        "0,     '#\n  \n#x\nversion=1\n',     VMDK_DESCRIPTOR",
        "65024, 'koly',                       DMG",
        "0,     '#!/bin/sh\n#V2.0 Format\n',  CLOOP",
        "0,     'Bochs Virtual HD Image',     BOCHS",
        "0,     'WithouFreSpacExt',           PARALLELS",
        "65024, 'conectix',                   VHD",
        "65025, 'conectix',                   VHD",
        "0,     'conectix',                   VHD",
        "32769, 'CD001',                      ISO9660",
    })
    void signaturesAreFoundWhereTheyBelong(int offset, String bytes, ImageSignature expected)
            throws IOException {
        assertThat(ImageSignature.of(ByteSource.of(file(offset, bytes)))).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "512,   'QFI\u00fb\0\0\0\u0003'",
        "1,     'KDMV'",
        "1000,  'conectix'",
        "0,     'version=4\n'",
        "0,     '#only a comment\n'",
        "64,    'conectix'"
    })
    void signaturesElsewhereAreBytesLikeAllOthers(int offset, String bytes) throws IOException {
        assertThat(ImageSignature.allOf(ByteSource.of(file(offset, bytes)))).isEmpty();
    }

    @Test
    void aPolyglotIsToldAsAllThatItIs() throws IOException {
        byte[] file = file(0, "QFI\u00fb\0\0\0\u0003");
        byte[] footer = "conectix".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(footer, 0, file, file.length - 512, footer.length);

        assertThat(ImageSignature.allOf(ByteSource.of(file)))
                .containsExactly(ImageSignature.QCOW2, ImageSignature.VHD);
        assertThat(ImageSignature.of(ByteSource.of(file))).contains(ImageSignature.QCOW2);
    }

    @Test
    void filesOfAnyLengthAreLookedAt() throws IOException {
        byte[] image = file(0, "vhdxfile");
        for (int length = 0; length < 8; length++) {
            assertThat(ImageSignature.of(ByteSource.of(Arrays.copyOf(image, length))))
                    .isEmpty();
        }
        assertThat(ImageSignature.of(ByteSource.of(Arrays.copyOf(image, 8))))
                .contains(ImageSignature.VHDX);
    }

    private static byte[] file(int offset, String bytes) {
        byte[] file = new byte[1 << 16];
        byte[] signature = bytes.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(signature, 0, file, offset, signature.length);
        return file;
    }
}
