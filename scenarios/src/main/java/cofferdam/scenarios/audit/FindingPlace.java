package cofferdam.scenarios.audit;

import cofferdam.analysis.audit.Finding;

import java.nio.charset.StandardCharsets;
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
}
