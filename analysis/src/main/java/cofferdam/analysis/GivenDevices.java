package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.DevicesPolicy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a machine was given before it looked at its buses. */
final class GivenDevices {

    private static final String MONITOR = "monitor";
    private static final String RAM = "ram";

    /** Serial lines, wherever they are. */
    static final String SERIAL = "serial";

    /** The policy's list of devices. */
    static final String MODELS = "devices.models";

    private static final long PAGE = 4096;

    /** What every machine of this architecture has, whatever else it is given. */
    private static final List<String> CHIPSET = List.of(
            RAM,
            "host-bridge",
            "isa-bridge",
            "power-management",
            "dma-controller",
            "interrupt-controller",
            "timer",
            "clock",
            "keyboard",
            "firmware");

    private final Map<String, Device> devices;
    private final Optional<List<String>> models;
    private final OptionalLong memorySize;
    private final HexRanges ports;
    private final HexRanges memory;

    /** A device with what is its own. */
    record Device(
            String name, String function, String identity, HexRanges ports, HexRanges memory) {}

    private GivenDevices(
            Map<String, Device> devices, Optional<List<String>> models, OptionalLong memorySize) {
        this.devices = devices;
        this.models = models;
        this.memorySize = memorySize;
        HexRanges allPorts = HexRanges.of(List.of());
        HexRanges allMemory = HexRanges.of(List.of());
        for (Device device : devices.values()) {
            allPorts = allPorts.and(device.ports());
            allMemory = allMemory.and(device.memory());
        }
        ports = allPorts;
        memory = allMemory;
    }

    /**
     * What the events before that one say; of a device that was given twice, the later.
     *
     * @throws MissingEvidenceException if they say nothing of this machine, or not in proper form
     */
    static GivenDevices before(int index, Run run, String machine) throws MissingEvidenceException {
        OptionalLong size = OptionalLong.empty();
        Optional<List<String>> models = Optional.of(models(run.policy().devices()));
        Map<String, Event.DeviceGiven> told = new LinkedHashMap<>();
        for (Event event : run.events().subList(0, index)) {
            if (event instanceof Event.DeviceGiven given
                    && given.actor().equals(MONITOR)
                    && given.subject().equals(machine)) {
                told.put(given.device(), given);
            }
            if (event instanceof Event.MemoryConfigured memory
                    && memory.actor().equals(MONITOR)
                    && memory.subject().equals(machine)) {
                size = OptionalLong.of(memory.size());
            }
            if (isNoMatterOfPolicy(event)) {
                models = Optional.empty();
            }
        }
        Map<String, Device> devices = new LinkedHashMap<>();
        for (Event.DeviceGiven given : told.values()) {
            devices.put(given.device(), device(given, size));
        }
        if (devices.isEmpty()) {
            throw new MissingEvidenceException(
                    "nothing tells what %s was given before it looked".formatted(machine));
        }
        return new GivenDevices(devices, models, size);
    }

    private static boolean isNoMatterOfPolicy(Event event) {
        return event instanceof Event.SettingNotEnforced setting
                && setting.actor().equals(MONITOR)
                && setting.subject().equals(MODELS);
    }

    /** Memory proper ends where its configured size does, whatever else was said. */
    private static Device device(Event.DeviceGiven given, OptionalLong size)
            throws MissingEvidenceException {
        HexRanges memory = HexRanges.parse(given.memory());
        boolean limited = given.device().equals(RAM) && size.isPresent();
        return new Device(
                given.device(),
                given.function(),
                given.outcome(),
                HexRanges.parse(given.ports()),
                limited ? memory.below(size.getAsLong()) : memory);
    }

    private static List<String> models(DevicesPolicy policy) {
        return policy.models().stream()
                .map(model -> model.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    List<Device> devices() {
        return List.copyOf(devices.values());
    }

    /**
     * Whether the policy says which devices the machine is given; otherwise the monitor has said that it
     * does not go by it, and gives what it tells.
     */
    boolean isByPolicy() {
        return models.isPresent();
    }

    /** Devices that the policy does not give, by name. */
    List<String> beyondPolicy() {
        if (models.isEmpty()) {
            return List.of();
        }
        return devices.keySet().stream()
                .filter(name -> !CHIPSET.contains(name) && !models.get().contains(name))
                .toList();
    }

    /** Devices that the machine should have been given and was not, by name. */
    List<String> withheld() {
        List<String> withheld = new ArrayList<>(CHIPSET);
        models.ifPresent(withheld::addAll);
        withheld.removeAll(devices.keySet());
        return withheld;
    }

    /** The size of the memory that it was configured with, in bytes. */
    OptionalLong memorySize() {
        return memorySize;
    }

    /** The PCI vendor and device at a place, if it was given one there. */
    Optional<String> identityAt(String place) {
        return devices.values().stream()
                .filter(device -> !place.isEmpty() && device.function().equals(place))
                .map(Device::identity)
                .findFirst();
    }

    HexRanges ports() {
        return ports;
    }

    /** The ports of serial lines that it was given. */
    HexRanges serialLines() {
        Device lines = devices.get(SERIAL);
        return lines == null ? HexRanges.of(List.of()) : lines.ports();
    }

    /** All addresses. */
    HexRanges memory() {
        return memory;
    }

    /** All pages in which it was given an address. */
    HexRanges pages() {
        return memory.wholly(PAGE);
    }
}
