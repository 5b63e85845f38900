package cofferdam.analysis.audit;

import cofferdam.analysis.rules.Rule;
import cofferdam.analysis.search.InvalidNeedleException;
import cofferdam.analysis.search.Needle;
import cofferdam.analysis.search.Searcher;

import java.util.ArrayList;
import java.util.List;

/** Rules with the searcher for all of their needles, and which needle is whose. */
final class CompiledRules implements AutoCloseable {

    private final List<Rule> rules;
    private final int[] ruleOfNeedle;
    private final Searcher searcher;

    /** Makes a searcher of needles. */
    @FunctionalInterface
    interface Compiler {
        Searcher compile(List<Needle> needles) throws InvalidNeedleException;
    }

    private CompiledRules(List<Rule> rules, int[] ruleOfNeedle, Searcher searcher) {
        this.rules = rules;
        this.ruleOfNeedle = ruleOfNeedle;
        this.searcher = searcher;
    }

    static CompiledRules of(List<Rule> rules, Compiler compiler) throws InvalidRuleException {
        List<Needle> needles = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int rule = 0; rule < rules.size(); rule++) {
            for (Needle needle : rules.get(rule).needles()) {
                needles.add(needle);
                owners.add(rule);
            }
        }
        int[] ruleOfNeedle = owners.stream().mapToInt(Integer::intValue).toArray();
        try {
            Searcher searcher = compiler.compile(needles);
            return new CompiledRules(List.copyOf(rules), ruleOfNeedle, searcher);
        } catch (InvalidNeedleException e) {
            boolean isOne = e.index() >= 0 && e.index() < needles.size();
            throw new InvalidRuleException(
                    isOne ? rules.get(owners.get(e.index())).id() : "", e);
        }
    }

    List<Rule> rules() {
        return rules;
    }

    Searcher searcher() {
        return searcher;
    }

    /** Index of the rule that this needle belongs to. */
    int ruleOf(int needle) {
        return ruleOfNeedle[needle];
    }

    /** How many bytes on either side of a border a match across it may have: at least 0. */
    int reach() {
        return Math.max(0, searcher.longest() - 1);
    }

    @Override
    public void close() {
        searcher.close();
    }
}
