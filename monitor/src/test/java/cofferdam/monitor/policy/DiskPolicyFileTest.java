package cofferdam.monitor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.policy.DiskPolicy.Encryption;
import cofferdam.monitor.policy.DiskPolicy.Format;
import cofferdam.monitor.policy.DiskPolicy.Integrity;
import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;

/** The disk keys of policies. */
class DiskPolicyFileTest {

    private static final String HEAD = "policy: p\nsummary: s\nmonitor: {type: I}\n";
    private static final boolean[] FLAGS = {false, true};

    @TempDir
    Path folder;

    @Test
    void everyCombinationComesBackUnlessItIsAContradiction() throws Exception {
        int sound = 0;
        for (Format format : Format.values()) {
            for (Encryption encryption : Encryption.values()) {
                for (Integrity integrity : Integrity.values()) {
                    for (int flags = 0; flags < 8; flags++) {
                        DiskPolicy disk = new DiskPolicy(
                                format,
                                encryption,
                                integrity,
                                FLAGS[flags & 1],
                                FLAGS[flags >> 1 & 1],
                                FLAGS[flags >> 2],
                                0);
                        boolean isSound = isSound(disk);
                        sound += isSound ? 1 : 0;
                        roundTrip(disk, isSound);
                    }
                }
            }
        }
        assertThat(sound).isEqualTo(6 * (3 * 4 + 4));
    }

    private void roundTrip(DiskPolicy disk, boolean isSound) throws Exception {
        Policy plain = PolicyFileTest.parse(HEAD);
        Policy policy = plain.withDisk(disk);
        String text = PolicyFile.write(policy);
        assertThat(PolicyFileTest.problemsOf(text).isEmpty()).as(text).isEqualTo(isSound);
        if (isSound) {
            Path file = Files.writeString(folder.resolve("p.yaml"), text);
            assertThat(PolicyFile.read(file)).isEqualTo(policy);
        }
    }

    /** Said anew: an encryption has one container, and what is verified is not guessed. */
    private static boolean isSound(DiskPolicy disk) {
        boolean contained = disk.encryption() == Encryption.NONE
                || disk.encryption() == Encryption.LUKS2 && disk.format() == Format.RAW
                || disk.encryption() == Encryption.QCOW2_LUKS && disk.format() == Format.QCOW2;
        return contained && (disk.integrity() == Integrity.NONE || !disk.probeFormat());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'disk: {format: qcow3}' | p.yaml:4:16: disk.format 'qcow3' is not one of raw, qcow2, vmdk, vhd; did you mean 'qcow2'?
            'disk: {encryption: luks}' | p.yaml:4:20: disk.encryption 'luks' is not one of none, luks2, qcow2-luks; did you mean 'luks2'?
            'disk: {integrity: sha}' | p.yaml:4:19: disk.integrity 'sha' is not one of none, hash, aead
            'disk: {lock: yes}' | p.yaml:4:14: disk.lock 'yes' is not true or false
            'disk: {locks: true}' | p.yaml:4:8: unknown key 'locks' in disk, known are format, encryption, integrity, zero-on-allocate, probe-format, lock, rate-limit; did you mean 'lock'?
            'disk: raw' | p.yaml:4:7: disk is 'raw', not a mapping
            """)
    void wrongKeysAreReportedWhereTheyStand(String keys, String problem) {
        assertThat(PolicyFileTest.problemsOf(HEAD + keys + "\n")).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {format: vmdk, encryption: luks2}      | luks2 contradicts disk.format vmdk: it needs raw
            {format: raw, encryption: qcow2-luks}  | qcow2-luks contradicts disk.format raw: it needs qcow2
            {integrity: hash, probe-format: true}  | true contradicts disk.integrity hash: what is verified has one known format
            """)
    void contradictionsAreReportedWithTheReason(String keys, String problem) {
        assertThat(PolicyFileTest.problemsOf(HEAD + "disk: " + keys + "\n"))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void separateMachinesSayNothingOfDisks() throws InvalidFileException {
        String physical = "policy: p\nsummary: s\nmonitor: {type: physical}\n";
        assertThat(PolicyFileTest.problemsOf(physical + "disk: {format: qcow2}\n"))
                .singleElement()
                .asString()
                .contains("contradicts monitor.type physical");
        assertThat(PolicyFile.write(PolicyFileTest.parse(physical))).doesNotContain("disk:");
    }
}
