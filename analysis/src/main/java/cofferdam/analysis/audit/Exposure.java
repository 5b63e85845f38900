package cofferdam.analysis.audit;

/**
 * Why a finding is exposed, and what would have kept it.
 *
 * @param why in words, without full stop
 * @param remedy the policy's key, or what to do, in words, without full stop
 */
public record Exposure(String why, String remedy) {

    private static final String ENCRYPT = "policy 'disk.encryption: qcow2-luks' or 'luks2'";
    private static final String REWRITE =
            "rewrite the image into a new file (qemu-img convert); " + ENCRYPT;

    /** Tells it of a finding in an image of this encryption. */
    public static Exposure of(Finding finding, Encryption encryption) {
        if (finding.stored() == Finding.Stored.ENCIPHERED) {
            return new Exposure(
                    "it is enciphered, and was found because a key was given",
                    "keep the key from whoever may read the image");
        }
        String layer = finding.layer();
        return switch (layer) {
            case Finding.ZERO_FLAGGED ->
                new Exposure(
                        "the guest zeroed it, but the container keeps the old bytes under a zero"
                                + " flag",
                        REWRITE);
            case Finding.LEAKED ->
                new Exposure(
                        "nothing in the container refers to these bytes any more, and nothing"
                                + " overwrote them",
                        REWRITE);
            case Finding.TAIL ->
                new Exposure("it lies behind everything that the container accounts for", REWRITE);
            default -> ofLayer(layer, finding, encryption);
        };
    }

    private static Exposure ofLayer(String layer, Finding finding, Encryption encryption) {
        if (layer.startsWith("snapshot:")) {
            return new Exposure(
                    "it survives in a snapshot, though the active disk no longer has it",
                    "delete the snapshot and " + REWRITE);
        }
        if (layer.startsWith("vmstate:")) {
            return new Exposure(
                    "a snapshot holds the machine's memory, and that holds it",
                    "take snapshots without memory, or delete this one and " + REWRITE);
        }
        String where = layer.startsWith("backing:") ? "in a backing image, " : "";
        return switch (finding.region()) {
            case ALLOCATED ->
                new Exposure(where + "the file exists and " + plain(encryption), ENCRYPT);
            case SLACK ->
                new Exposure(
                        where + "it is left over behind the end of a file, in its last block",
                        ENCRYPT);
            case UNALLOCATED -> unallocated(where, finding);
            case SWAP ->
                new Exposure(
                        where + "memory was swapped out in plain",
                        "encipher swap or do without; " + ENCRYPT);
            case METADATA ->
                new Exposure(
                        where + "it is in the structures of a file system or partition table",
                        ENCRYPT);
            case GAP ->
                new Exposure(
                        where + "it lies outside every partition",
                        "wipe disks before they are partitioned again,"
                                + " 'disk.zero-on-allocate: true'");
            case CONTAINER ->
                new Exposure(
                        where + "the container's own structures hold it, which no container"
                                + " enciphers",
                        "keep secrets out of the names of files, snapshots and bitmaps");
        };
    }

    private static Exposure unallocated(String where, Finding finding) {
        if (finding.fileSystem().isEmpty()) {
            return new Exposure(where + "no file system that can be read accounts for it", ENCRYPT);
        }
        return new Exposure(
                where + "it was deleted but not wiped",
                "trim freed space in the guest, 'disk.zero-on-allocate: true' for disks on released"
                        + " space; " + ENCRYPT);
    }

    private static String plain(Encryption encryption) {
        return encryption.isPresent()
                ? "this part of the image is not enciphered (%s covers another)"
                        .formatted(encryption.kind())
                : "the image is not enciphered";
    }
}
