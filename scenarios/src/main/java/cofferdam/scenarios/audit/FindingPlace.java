package cofferdam.scenarios.audit;

import cofferdam.analysis.audit.Finding;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;

/** Where a finding lies, as one text. */
public final class FindingPlace {

    private FindingPlace() {}

    /** From the layer to the file: {@code active, partition 1, ext4, allocated: /etc/secret}. */
    public static String of(Finding finding) {
        StringJoiner place = new StringJoiner(", ");
        place.add(finding.layer());
        if (finding.partition() > 0) {
            place.add("partition " + finding.partition());
        }
        if (!finding.fileSystem().isEmpty()) {
            place.add(finding.fileSystem());
        }
        place.add(Words.of(finding.region()));
        return finding.path().isEmpty() ? place.toString() : place + ": " + finding.path();
    }

    /**
     * What stays the same when the image is audited again after other things in it have changed: of
     * rule, place and secret, without offsets.
     */
    static String fingerprint(Finding finding) {
        String place =
                String.join("\n", finding.rule(), of(finding), finding.match().sha256());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(place.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A path as a reference of a URI: relative where it lies below the current folder. */
    static String uri(String path) {
        URI here = Path.of("").toAbsolutePath().toUri();
        URI file = Path.of(path).toAbsolutePath().normalize().toUri();
        String relative = here.relativize(file).toString();
        boolean looksLikeScheme =
                !relative.equals(file.toString()) && relative.split("/", 2)[0].indexOf(':') >= 0;
        return looksLikeScheme ? "./" + relative : relative;
    }
}
