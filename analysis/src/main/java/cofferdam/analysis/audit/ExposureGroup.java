package cofferdam.analysis.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many findings of an image are exposed for the same reason.
 *
 * @param findings how many
 */
public record ExposureGroup(Exposure exposure, int findings) {

    /** The groups of an image, the largest first. */
    public static List<ExposureGroup> of(ImageReport report) {
        Map<Exposure, Integer> counts = new LinkedHashMap<>();
        for (Finding finding : report.findings()) {
            counts.merge(Exposure.of(finding, report.encryption()), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(entry -> new ExposureGroup(entry.getKey(), entry.getValue()))
                .sorted((one, other) -> Integer.compare(other.findings(), one.findings()))
                .toList();
    }
}
