package cofferdam.analysis.audit;

import cofferdam.analysis.rules.Rule;

import java.nio.file.Path;
import java.util.List;

/**
 * What to audit images for, and what may be opened on the way.
 *
 * @param rules what to look for
 * @param format what images are taken to be
 * @param allowed folders in which files that images name may be opened; no other file ever is
 * @param keys what unlocks enciphered images and volumes
 */
public record AuditRequest(List<Rule> rules, DeclaredFormat format, List<Path> allowed, Keys keys) {

    public AuditRequest {
        rules = List.copyOf(rules);
        allowed = List.copyOf(allowed);
    }
}
