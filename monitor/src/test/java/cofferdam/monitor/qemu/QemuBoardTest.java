package cofferdam.monitor.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.linux.GivenDevice;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/** What a guest is given, by its configuration and by where its firmware placed it. */
class QemuBoardTest {

    private static final long MEMORY = 100L << 20;

    private static final String BUSES = """
            [{"bus": 0, "devices": [
              {"bus": 0, "slot": 1, "function": 1, "regions": [
                {"bar": 4, "type": "io", "address": 49216, "size": 16}]},
              {"bus": 0, "slot": 2, "function": 0, "regions": [
                {"bar": 0, "type": "io", "address": 49152, "size": 32},
                {"bar": 1, "type": "memory", "address": 4273991680, "size": 4096},
                {"bar": 4, "type": "memory", "address": 549755813888, "size": 16384},
                {"bar": 5, "type": "memory", "address": -1, "size": 4096}]},
              {"bus": 0, "slot": 9, "function": 0, "regions": [
                {"bar": 0, "type": "memory", "address": 4261412864, "size": 16777216}]}]},
             {"bus": 1, "devices": [
              {"bus": 1, "slot": 3, "function": 0, "regions": [
                {"bar": 0, "type": "io", "address": 53248, "size": 32}]}]}]""";

    @Test
    void ofWhatTheMonitorTellsOnlyThePlacesOfConfiguredDevicesAreTaken() {
        List<GivenDevice> devices = devices(false, Accelerator.Kind.TCG);

        assertThat(devices)
                .contains(
                        new GivenDevice(
                                "network",
                                "00:02.0",
                                "1af4:1000",
                                "c000-c01f",
                                "febff000-febfffff,8000000000-8000003fff"),
                        new GivenDevice("relay", "00:03.0", "1af4:1000", "", ""),
                        new GivenDevice(
                                "ide",
                                "00:01.1",
                                "8086:7010",
                                "170-177,1f0-1f7,376,3f6,c040-c04f",
                                ""));
        assertThat(devices)
                .extracting(GivenDevice::function)
                .doesNotContain("00:09.0", "00:04.0", "01:03.0");
    }

    @Test
    void aDiskIsGivenOnlyIfThereIsOne() {
        assertThat(devices(true, Accelerator.Kind.TCG))
                .contains(new GivenDevice("disk", "00:04.0", "1af4:1001", "", ""));
    }

    @Test
    void memoryEndsWhereItIsConfiguredTo() {
        assertThat(devices(false, Accelerator.Kind.TCG))
                .contains(new GivenDevice("ram", "", "", "", "0-9ffff,c0000-effff,100000-63fffff"));
        assertThatThrownBy(() -> new QemuBoard(4L << 30, false, Accelerator.Kind.TCG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pagesOfKvmAreThereOnlyUnderKvm() {
        assertThat(devices(false, Accelerator.Kind.TCG))
                .noneMatch(device -> device.memory().contains("feffc000"));
        assertThat(devices(false, Accelerator.Kind.KVM))
                .filteredOn(device -> device.name().equals("firmware"))
                .extracting(GivenDevice::memory)
                .containsExactly("f0000-fffff,fffc0000-ffffffff,feffc000-feffffff");
    }

    private static List<GivenDevice> devices(boolean disk, Accelerator.Kind accelerator) {
        return new QemuBoard(MEMORY, disk, accelerator)
                .devices(JsonMapper.shared().readTree(BUSES));
    }
}
