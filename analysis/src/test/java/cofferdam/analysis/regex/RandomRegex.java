package cofferdam.analysis.regex;

import java.util.SplittableRandom;

/** Makes expressions for tests. What can match nothing is never repeated without end. */
public final class RandomRegex {

    private static final String[] ATOMS = {
        "a", "b", "c", "A", "_", "ab", "abc", ".", "[ab]", "[^a]", "\\w", "\\s", "[b-c]", "(?i:ab)"
    };
    private static final String[] REPEATS = {"*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?", "??"
    };
    private static final String[] CONDITIONS = {"\\b", "\\B", "^", "$", "(?m:^)", "(?m:$)"};

    private final SplittableRandom random;

    public RandomRegex(SplittableRandom random) {
        this.random = random;
    }

    public String expression() {
        return expression(3);
    }

    private String expression(int depth) {
        var text = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            text.append(part(depth));
        }
        return text.toString();
    }

    private String part(int depth) {
        return switch (random.nextInt(8)) {
            case 0 -> pick(CONDITIONS);
            case 1 -> "[abc]" + pick(REPEATS);
            case 2 -> depth == 0 ? "b" : "(" + expression(depth - 1) + "|" + expression(0) + ")";
            case 3 -> depth == 0 ? "a" : "(?:a" + expression(depth - 1) + ")" + pick(REPEATS);
            default -> pick(ATOMS);
        };
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
