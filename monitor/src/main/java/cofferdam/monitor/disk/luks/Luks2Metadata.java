package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PlainRange;
import cofferdam.monitor.disk.Problem;

import java.util.ArrayList;
import java.util.List;

/** Reads the JSON area (LUKS2 On-Disk Format 1.1.3, section 3). */
final class Luks2Metadata {

    private final ByteSource source;
    private final Luks2Copy copy;
    private final List<Problem> problems;
    private final List<PlainRange> structures;

    Luks2Metadata(
            ByteSource source,
            Luks2Copy copy,
            List<Problem> problems,
            List<PlainRange> structures) {
        this.source = source;
        this.copy = copy;
        this.problems = problems;
        this.structures = structures;
    }

    LuksHeader read() throws MalformedImageException {
        JsonFields root = JsonFields.parse(copy.json());
        List<LockedKey> keys = keys(root.objects("keyslots"));
        JsonFields segment = segment(root.objects("segments"));
        List<JsonFields> digests = new ArrayList<>();
        for (JsonFields digest : root.objects("digests")) {
            if (digest.lists("segments", segment.name())) {
                digests.add(digest);
            }
        }
        requirements(root.object("config"));
        return new LuksHeader(
                2,
                copy.uuid(),
                copy.label(),
                payload(segment, keys),
                keys,
                digests(digests),
                structures,
                problems);
    }

    private List<LockedKey> keys(List<JsonFields> slots) throws MalformedImageException {
        List<LockedKey> keys = new ArrayList<>();
        for (JsonFields slot : slots) {
            JsonFields area = slot.object("area");
            long offset = area.count("offset");
            long length = area.count("size");
            structures.add(new PlainRange("key slot " + slot.number(), offset, length));
            if (slot.text("type").equals("luks2")) {
                keys.add(key(slot, area, offset, length));
            }
        }
        return keys;
    }

    private static LockedKey key(JsonFields slot, JsonFields area, long offset, long length)
            throws MalformedImageException {
        JsonFields split = slot.object("af");
        JsonFields kdf = slot.object("kdf");
        int keyBytes = slot.small("key_size", LuksLimits.KEY);
        int stripes = split.small("stripes", LuksLimits.STRIPES);
        if (area.small("key_size", LuksLimits.KEY) != keyBytes) {
            throw area.invalid("has a key of another size");
        }
        if (KeySlotArea.sectors((long) keyBytes * stripes) * 512 > length) {
            throw area.invalid("is smaller than the stripes");
        }
        return new LockedKey(
                new KeySlot(slot.number(), pbkdf(kdf), offset, length),
                area.text("encryption"),
                split.text("hash"),
                keyBytes,
                stripes,
                kdf.base64("salt"));
    }

    private static Pbkdf pbkdf(JsonFields kdf) throws MalformedImageException {
        String type = kdf.text("type");
        return switch (type) {
            case "pbkdf2" -> {
                long iterations = kdf.count("iterations");
                yield Hash.named(kdf.text("hash"))
                        .<Pbkdf>map(hash -> new Pbkdf.Pbkdf2(hash, iterations))
                        .orElse(new Pbkdf.Unknown(type));
            }
            case "argon2i" -> argon2(Pbkdf.Argon2.Variant.I, kdf);
            case "argon2id" -> argon2(Pbkdf.Argon2.Variant.ID, kdf);
            default -> new Pbkdf.Unknown(type);
        };
    }

    private static Pbkdf argon2(Pbkdf.Argon2.Variant variant, JsonFields kdf)
            throws MalformedImageException {
        return new Pbkdf.Argon2(variant, kdf.count("time"), kdf.count("memory"), kdf.count("cpus"));
    }

    /** The segment that is read as the data; those that are not enciphered are told as plain. */
    private JsonFields segment(List<JsonFields> segments) throws MalformedImageException {
        List<JsonFields> enciphered = new ArrayList<>();
        for (JsonFields segment : segments) {
            if (segment.lists("flags", "backup-previous")
                    || segment.lists("flags", "backup-final")) {
                continue;
            }
            if (segment.text("type").equals("crypt")) {
                enciphered.add(segment);
                continue;
            }
            long offset = segment.count("offset");
            structures.add(new PlainRange(
                    "data that is not enciphered yet", offset, size(segment, offset)));
        }
        if (enciphered.isEmpty()) {
            throw new MalformedImageException(LuksProblem.INVALID, "no segment is enciphered");
        }
        if (enciphered.size() != 1 || segments.size() != 1) {
            problems.add(new Problem(
                    LuksProblem.REENCRYPTION, "there are %d segments".formatted(segments.size())));
        }
        return enciphered.getFirst();
    }

    private Payload payload(JsonFields segment, List<LockedKey> keys)
            throws MalformedImageException {
        int sectorSize = segment.small("sector_size", 4096);
        if (sectorSize < 512 || Integer.bitCount(sectorSize) != 1) {
            throw segment.invalid("has sectors of %d bytes".formatted(sectorSize));
        }
        long offset = segment.count("offset");
        long size = size(segment, offset);
        return new Payload(
                segment.text("encryption"),
                keys.isEmpty() ? 0 : keys.getFirst().keyBytes(),
                sectorSize,
                offset,
                size - size % sectorSize,
                segment.count("iv_tweak"),
                segment.has("integrity") ? segment.object("integrity").text("type") : "");
    }

    private long size(JsonFields segment, long offset) throws MalformedImageException {
        long rest = Math.max(0, source.size() - offset);
        if (segment.text("size").equals("dynamic")) {
            return rest;
        }
        long size = segment.count("size");
        if (size > rest && offset < source.size()) {
            problems.add(new Problem(
                    CommonProblem.TRUNCATED,
                    "segment %s of %d bytes has %d".formatted(segment.name(), size, rest)));
        }
        return Math.min(size, rest);
    }

    private void requirements(JsonFields config) throws MalformedImageException {
        if (!config.has("requirements")) {
            return;
        }
        JsonFields requirements = config.object("requirements");
        boolean reencryption = requirements.lists("mandatory", "online-reencrypt")
                || requirements.lists("mandatory", "online-reencrypt-v2")
                || requirements.lists("mandatory", "offline-reencrypt");
        boolean told = problems.stream().anyMatch(it -> it.kind() == LuksProblem.REENCRYPTION);
        if (reencryption && !told) {
            problems.add(new Problem(LuksProblem.REENCRYPTION, "the header requires it"));
        }
    }

    private static List<KeyDigest> digests(List<JsonFields> digests)
            throws MalformedImageException {
        List<KeyDigest> all = new ArrayList<>();
        for (JsonFields digest : digests) {
            if (!digest.text("type").equals("pbkdf2")) {
                continue;
            }
            long iterations = digest.count("iterations");
            byte[] salt = digest.base64("salt");
            byte[] value = digest.base64("digest");
            Hash.named(digest.text("hash"))
                    .map(hash -> new KeyDigest(new Pbkdf.Pbkdf2(hash, iterations), salt, value))
                    .ifPresent(all::add);
        }
        return all;
    }
}
