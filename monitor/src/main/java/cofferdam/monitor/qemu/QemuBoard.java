package cofferdam.monitor.qemu;

import cofferdam.monitor.linux.GivenDevice;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a guest of {@link QemuCommand} is given: the board that QEMU calls {@code pc}, an Intel 440FX with
 * the PIIX3 bridge and the power management of the PIIX4, and what the command line puts on it. Places
 * that the board has fixed are from Intel's data sheets (82441FX, 82371SB, 82371AB) and QEMU's
 * descriptions of its own devices (docs/specs: fw_cfg, acpi_pci_hotplug, acpi_cpu_hotplug). Of what the
 * guest's firmware places, QEMU is asked, but only of functions that are on the command line: whatever
 * else QEMU has, the guest was not given.
 *
 * @param memory what the guest has, in bytes
 * @param disk whether it has a disk
 * @param accelerator by what its code runs
 */
record QemuBoard(long memory, boolean disk, Accelerator.Kind accelerator) {

    /** The slot on the PCI bus of the interface under test. */
    static final int NETWORK = 2;

    /** The slot of the relay. */
    static final int RELAY = 3;

    /** The slot of the disk, if there is one. */
    static final int DISK = 4;

    private static final String BRIDGE = "00:00.0";
    private static final String ISA = "00:01.0";
    private static final String IDE = "00:01.1";
    private static final String POWER = "00:01.3";

    /** Where memory ends that PCI and the firmware leave room for; no guest is given so much. */
    private static final long MAXIMUM_MEMORY = 0xc000_0000L;

    /** Intel 64 and IA-32 Software Developer's Manual, volume 3, sections 11.4 and 11.11. */
    private static final String LOCAL_CONTROLLER = "fee00000-feefffff";

    private static final String INPUT_OUTPUT_CONTROLLER = "fec00000-fec00fff";
    private static final String FIRMWARE = "f0000-fffff,fffc0000-ffffffff";

    /** Pages that KVM takes among the guest's addresses, of which the firmware tells the kernel. */
    private static final String OF_KVM = "feffc000-feffffff";

    QemuBoard {
        if (memory > MAXIMUM_MEMORY) {
            throw new IllegalArgumentException(
                    "%d bytes of memory are more than %d".formatted(memory, MAXIMUM_MEMORY));
        }
    }

    /** @param buses QEMU's answer to {@code query-pci} */
    List<GivenDevice> devices(JsonNode buses) {
        List<GivenDevice> devices = new ArrayList<>(chipset());
        devices.add(placed("ide", IDE, "8086:7010", "170-177,1f0-1f7,376,3f6", buses));
        devices.add(placed("network", slot(NETWORK), "1af4:1000", "", buses));
        devices.add(placed("relay", slot(RELAY), "1af4:1000", "", buses));
        if (disk) {
            devices.add(placed("disk", slot(DISK), "1af4:1001", "", buses));
        }
        return List.copyOf(devices);
    }

    private List<GivenDevice> chipset() {
        return List.of(
                new GivenDevice("ram", "", "", "", ram()),
                new GivenDevice("host-bridge", BRIDGE, "8086:1237", "cf8-cff", ""),
                new GivenDevice("isa-bridge", ISA, "8086:7000", "80,92,b2-b3,f0,cf9", ""),
                new GivenDevice(
                        "power-management", POWER, "8086:7113", "600-63f,700-73f,afe0-afe3", ""),
                atPorts("hot-plug", "ae00-ae17,af00-af0b"),
                atPorts("dma-controller", "0-f,81-83,87,89-8b,8f,c0-df"),
                new GivenDevice(
                        "interrupt-controller",
                        "",
                        "",
                        "20-21,a0-a1,4d0-4d1",
                        INPUT_OUTPUT_CONTROLLER + "," + LOCAL_CONTROLLER),
                atPorts("timer", "40-43,61"),
                atPorts("clock", "70-71"),
                atPorts("keyboard", "60,64"),
                new GivenDevice("firmware", "", "", "", firmware()),
                atPorts("firmware-configuration", "510-511,514-51b"),
                atPorts("floppy", "3f1-3f5,3f7"),
                atPorts("serial", "2f8-2ff,3f8-3ff"));
    }

    private String ram() {
        return "0-9ffff,c0000-effff," + range(1L << 20, memory - (1L << 20));
    }

    private String firmware() {
        return switch (accelerator) {
            case TCG -> FIRMWARE;
            case KVM -> FIRMWARE + "," + OF_KVM;
        };
    }

    private static GivenDevice atPorts(String name, String ports) {
        return new GivenDevice(name, "", "", ports, "");
    }

    private static GivenDevice placed(
            String name, String function, String identity, String fixedPorts, JsonNode buses) {
        List<String> ports = new ArrayList<>();
        List<String> memory = new ArrayList<>();
        if (!fixedPorts.isEmpty()) {
            ports.add(fixedPorts);
        }
        for (JsonNode region : regions(function, buses)) {
            long first = region.path("address").asLong(-1);
            long size = region.path("size").asLong(0);
            if (first >= 0 && size > 0) {
                boolean isPorts = region.path("type").asString("").equals("io");
                (isPorts ? ports : memory).add(range(first, size));
            }
        }
        return new GivenDevice(
                name, function, identity, String.join(",", ports), String.join(",", memory));
    }

    /** Only of the first bus: the command line puts nothing on another. */
    private static List<JsonNode> regions(String function, JsonNode buses) {
        return elements(buses)
                .filter(bus -> bus.path("bus").asInt(-1) == 0)
                .flatMap(bus -> elements(bus.path("devices")))
                .filter(device -> place(device).equals(function))
                .flatMap(device -> elements(device.path("regions")))
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String place(JsonNode device) {
        return "%02x:%02x.%x"
                .formatted(
                        device.path("bus").asInt(-1),
                        device.path("slot").asInt(-1),
                        device.path("function").asInt(-1));
    }

    private static String slot(int number) {
        return "00:%02x.0".formatted(number);
    }

    private static String range(long first, long size) {
        return "%x-%x".formatted(first, first + size - 1);
    }
}
