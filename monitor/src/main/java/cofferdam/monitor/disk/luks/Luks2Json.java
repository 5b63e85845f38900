package cofferdam.monitor.disk.luks;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Base64;
import java.util.Locale;

/** The JSON area of a new volume (LUKS2 On-Disk Format 1.1.3, section 3). Numbers of 64 bits are text. */
final class Luks2Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final int LEAST_ITERATIONS = 1000;

    private final Luks2Options options;

    Luks2Json(Luks2Options options) {
        this.options = options;
    }

    byte[] write(byte[] slotSalt, byte[] digestSalt, byte[] volumeKey) {
        ObjectNode root = MAPPER.createObjectNode();
        keySlot(root.putObject("keyslots").putObject("0"), slotSalt);
        root.putObject("tokens");
        segment(root.putObject("segments").putObject("0"));
        digest(root.putObject("digests").putObject("0"), digestSalt, volumeKey);
        ObjectNode config = root.putObject("config");
        config.put("json_size", text(Luks2Header.SIZE - Luks2Header.BINARY_SIZE));
        config.put("keyslots_size", text(options.payloadOffset() - 2 * Luks2Header.SIZE));
        return MAPPER.writeValueAsBytes(root);
    }

    private void keySlot(ObjectNode slot, byte[] salt) {
        slot.put("type", "luks2").put("key_size", options.keyBytes());
        slot.putObject("af")
                .put("type", "luks1")
                .put("stripes", Luks2Writer.STRIPES)
                .put("hash", Hash.SHA256.headerName());
        slot.putObject("area")
                .put("type", "raw")
                .put("offset", text(2 * Luks2Header.SIZE))
                .put(
                        "size",
                        text(Math.ceilDiv(options.keyBytes() * Luks2Writer.STRIPES, 4096) * 4096))
                .put("encryption", options.cipher().specification())
                .put("key_size", options.keyBytes());
        kdf(slot.putObject("kdf"), salt);
    }

    private void kdf(ObjectNode kdf, byte[] salt) {
        switch (options.pbkdf()) {
            case Pbkdf.Pbkdf2 it ->
                kdf.put("type", "pbkdf2")
                        .put("hash", it.hash().headerName())
                        .put("iterations", it.iterations());
            case Pbkdf.Argon2 it ->
                kdf.put("type", "argon2" + it.variant().name().toLowerCase(Locale.ROOT))
                        .put("time", it.iterations())
                        .put("memory", it.memory())
                        .put("cpus", it.lanes());
            case Pbkdf.Unknown it ->
                throw new IllegalArgumentException(it.name() + " is not known");
        }
        kdf.put("salt", Base64.getEncoder().encodeToString(salt));
    }

    private void segment(ObjectNode segment) {
        segment.put("type", "crypt")
                .put("offset", text(options.payloadOffset()))
                .put("size", "dynamic")
                .put("iv_tweak", "0")
                .put("encryption", options.cipher().specification())
                .put("sector_size", options.sectorSize());
    }

    private void digest(ObjectNode digest, byte[] salt, byte[] volumeKey) {
        digest.put("type", "pbkdf2");
        digest.putArray("keyslots").add("0");
        digest.putArray("segments").add("0");
        Pbkdf how = new Pbkdf.Pbkdf2(Hash.SHA256, LEAST_ITERATIONS);
        byte[] value = KeyDerivation.derive(how, volumeKey, salt, Hash.SHA256.size());
        digest.put("hash", Hash.SHA256.headerName())
                .put("iterations", LEAST_ITERATIONS)
                .put("salt", Base64.getEncoder().encodeToString(salt))
                .put("digest", Base64.getEncoder().encodeToString(value));
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
