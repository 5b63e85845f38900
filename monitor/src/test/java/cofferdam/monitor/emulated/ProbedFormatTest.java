package cofferdam.monitor.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.DiskPolicy.Encryption;
import cofferdam.monitor.policy.DiskPolicy.Format;
import cofferdam.monitor.policy.DiskPolicy.Integrity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What a monitor that guesses the format of images makes of a guest's disk. */
class ProbedFormatTest {

    private static final int SIZE = Math.toIntExact(DiskHost.SIZE);
    private static final String HOST_FILE = "host.secret";

    @Test
    void aQcow2HeaderIsFollowedToTheHostsFile() throws IOException {
        byte[] read = readAfterRestart(qcow2(HOST_FILE), policy(Format.RAW, true));

        assertThat(text(read)).startsWith("password = ");
        assertThat(read).hasSize(SIZE);
    }

    @Test
    void aVmdkDescriptorIsFollowedToTheHostsFile() throws IOException {
        assertThat(text(readAfterRestart(vmdk(HOST_FILE), policy(Format.RAW, true))))
                .startsWith("password = ");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void withoutProbingTheDiskIsWhatTheGuestWrote(Format format) throws IOException {
        for (byte[] header : new byte[][] {qcow2(HOST_FILE), vmdk(HOST_FILE)}) {
            byte[] read = readAfterRestart(header, policy(format, false));

            assertThat(Arrays.copyOf(read, header.length)).isEqualTo(header);
            assertThat(text(read)).doesNotContain("password");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"QCOW2", "VMDK", "VHD"})
    void aHeaderInsideAContainerIsNotTheImagesOwn(Format format) throws IOException {
        byte[] header = qcow2(HOST_FILE);
        byte[] read = readAfterRestart(header, policy(format, true));

        assertThat(Arrays.copyOf(read, header.length)).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "vm2.img", "/etc/hostname", "../../etc/hostname", ""})
    void aFileThatIsNotTheHostsOwnIsNotRead(String name) throws IOException {
        for (byte[] header : new byte[][] {qcow2(name), vmdk(name)}) {
            try (DiskHost host = restarted(header, policy(Format.RAW, true))) {
                Event.PowerChanged start = host.last(Event.PowerChanged.class);
                assertThat(start.outcome()).isIn(PowerState.REFUSED, PowerState.IDLE);
                for (byte[] read : whatIsRead(host)) {
                    assertThat(text(read)).doesNotContain("password");
                }
            }
        }
    }

    @Test
    void aDamagedHeaderIsRefusedAndNothingElseHappens() throws IOException {
        byte[] header = qcow2(HOST_FILE);
        for (int at = 8; at < 112; at++) {
            header[at] ^= (byte) 0x81;
        }
        try (DiskHost host = restarted(header, policy(Format.RAW, true))) {
            assertThat(host.last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.REFUSED);
            assertThat(host.last(Event.PowerChanged.class).detail()).isNotEmpty();
        }
    }

    /** Nothing if the machine was refused, or its disk fails because an extent is missing. */
    private static List<byte[]> whatIsRead(DiskHost host) {
        try {
            return List.of(host.disk("vm2").readAll());
        } catch (IOException e) {
            return List.of();
        }
    }

    private static byte[] readAfterRestart(byte[] header, DiskPolicy policy) throws IOException {
        try (DiskHost host = restarted(header, policy)) {
            Event.PowerChanged start = host.last(Event.PowerChanged.class);
            assertThat(start.outcome()).as(start.detail()).isEqualTo(PowerState.IDLE);
            return host.disk("vm2").readAll();
        }
    }

    private static DiskHost restarted(byte[] header, DiskPolicy policy) throws IOException {
        DiskHost host = DiskHost.with(policy);
        host.slot("vm2").attach(DiskHost.SIZE);
        host.power("vm2", true);
        host.disk("vm2").write(0, header);
        return host.power("vm2", false).power("vm2", true);
    }

    private static DiskPolicy policy(Format format, boolean probe) {
        return new DiskPolicy(format, Encryption.NONE, Integrity.NONE, false, probe, false, 0);
    }

    /** Version 3, clusters of 64 KiB, nothing allocated (QEMU, docs/interop/qcow2.rst). */
    private static byte[] qcow2(String backing) {
        byte[] name = backing.getBytes(StandardCharsets.UTF_8);
        int cluster = 1 << 16;
        ByteBuffer image = ByteBuffer.allocate(4 * cluster);
        image.putInt(0, 0x514649fb).putInt(4, 3).putLong(8, name.length == 0 ? 0 : 512);
        image.putInt(16, name.length).putInt(20, 16).putLong(24, SIZE);
        image.putInt(36, 1).putLong(40, 3L * cluster).putLong(48, cluster).putInt(56, 1);
        image.putInt(96, 4).putInt(100, 104);
        image.put(512, name);
        image.putLong(cluster, 2L * cluster);
        for (int number = 0; number < 4; number++) {
            image.putShort(2 * cluster + 2 * number, (short) 1);
        }
        return image.array();
    }

    private static byte[] vmdk(String extent) {
        String text = """
                # Disk DescriptorFile
                version=1
                CID=fffffffe
                parentCID=ffffffff
                createType="monolithicFlat"
                RW %d FLAT "%s" 0
                """.formatted(SIZE / 512, extent);
        return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 512);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
