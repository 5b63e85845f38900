package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.SizeText;
import cofferdam.monitor.yaml.YamlText;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes policy files. */
final class PolicyWriter {

    private PolicyWriter() {}

    static String write(Policy policy) {
        return YamlText.of(tree(policy));
    }

    /** What is written: text, numbers, flags, and lists and mappings of them, in the file's order. */
    static Map<String, Object> tree(Policy policy) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("policy", policy.name());
        root.put("summary", policy.summary());
        root.put("sources", policy.sources());
        root.put("monitor", monitor(policy.monitor()));
        root.put("network", NetworkWriter.write(policy.network()));
        if (policy.monitor().type() != MonitorPolicy.Type.PHYSICAL) {
            root.put("disk", disk(policy.disk()));
            root.put("memory", memory(policy.memory()));
            root.put("cpu", processor(policy.processor()));
            root.put("devices", devices(policy.devices()));
            root.put(
                    "management",
                    Map.of(
                            "console-role",
                            PolicyWords.ROLE.word(policy.management().consoleRole())));
        }
        root.put(
                "accept",
                policy.accepted().stream().map(PolicyWriter::acceptance).toList());
        return root;
    }

    private static Map<String, Object> monitor(MonitorPolicy monitor) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("type", PolicyWords.TYPE.word(monitor.type()));
        Map<String, Object> sees = new LinkedHashMap<>();
        sees.put("nic", monitor.consoleSeesNic());
        sees.put("memory", monitor.consoleSeesMemory());
        sees.put("process", monitor.consoleSeesProcess());
        keys.put("console-sees", sees);
        return keys;
    }

    private static Map<String, Object> disk(DiskPolicy disk) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("format", PolicyWords.FORMAT.word(disk.format()));
        keys.put("encryption", PolicyWords.ENCRYPTION.word(disk.encryption()));
        keys.put("integrity", PolicyWords.INTEGRITY.word(disk.integrity()));
        keys.put("zero-on-allocate", disk.zeroOnAllocate());
        keys.put("probe-format", disk.probeFormat());
        keys.put("lock", disk.lock());
        keys.put(
                "rate-limit",
                disk.rateLimit() == 0 ? PolicyWords.OFF : SizeText.of(disk.rateLimit()));
        return keys;
    }

    private static Map<String, Object> memory(MemoryPolicy memory) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("sharing", PolicyWords.SHARING.word(memory.sharing()));
        if (memory.sharing() == MemoryPolicy.Sharing.SALTED) {
            keys.put("groups", memory.groups());
        }
        if (memory.sharing() != MemoryPolicy.Sharing.NONE) {
            keys.put("scan-rate", memory.scanRate());
            keys.put("constant-latency", memory.constantLatency());
        }
        keys.put("overcommit", memory.overcommit());
        keys.put("limit", memory.limit());
        keys.put("reservation", memory.reservation());
        keys.put("shares", memory.shares());
        keys.put("balloon", memory.balloon());
        keys.put("swap", PolicyWords.SWAP.word(memory.swap()));
        keys.put("zero-on-allocate", memory.zeroOnAllocate());
        keys.put("zero-on-free", memory.zeroOnFree());
        return keys;
    }

    private static Map<String, Object> processor(ProcessorPolicy processor) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("limit", processor.limit());
        keys.put("shares", processor.shares());
        return keys;
    }

    private static Map<String, Object> devices(DevicesPolicy devices) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put(
                "models", devices.models().stream().map(PolicyWords.MODEL::word).toList());
        keys.put("passthrough", devices.passthrough());
        return keys;
    }

    private static Map<String, Object> acceptance(Acceptance acceptance) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("scenario", acceptance.scenario());
        keys.put("property", acceptance.property());
        keys.put("reason", acceptance.reason());
        acceptance.until().ifPresent(day -> keys.put("until", day.toString()));
        return keys;
    }
}
