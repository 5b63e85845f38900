package cofferdam.analysis.rules;

import cofferdam.monitor.yaml.BuiltIns;

import java.util.List;

/** The rules for secrets that come with the program. */
public final class SecretRules {

    private static final String RESOURCE = "secrets.yaml";

    private static final class Loaded {
        private static final List<Rule> RULES =
                entries().stream().map(RuleEntry::rule).toList();
    }

    private SecretRules() {}

    /** All of them, in the order of their file. */
    public static List<Rule> builtIn() {
        return Loaded.RULES;
    }

    static List<RuleEntry> entries() {
        return BuiltIns.resource(
                RESOURCE, SecretRules.class.getResourceAsStream(RESOURCE), RuleFile::entries);
    }
}
