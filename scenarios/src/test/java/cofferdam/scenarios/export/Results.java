package cofferdam.scenarios.export;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.FrameReference;
import cofferdam.analysis.ImageReference;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.SecuritySupport;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.RunResult;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Results to export, friendly and hostile. */
final class Results {

    /** What a guest, an image or a policy's owner might write to break out of every form. */
    static final String HOSTILE =
            "</code></details><script>alert(1)</script> | `x` **b** *c* _d_ ]]> & \"q\" 'a'"
                    + " @octocat #1 [text](https://example.org/x) www.example.org\n"
                    + "# heading\r\n"
                    + "| row |\u0000\u001b[2J\u202egnp\u2028\ufffe \ud800 \\u0041 &lt; &#64; <!-- {0}"
                    + " http://example.org";

    /** What the makers of the monitor say. */
    static final SecuritySupport SUPPORT = new SecuritySupport(
            SecuritySupport.Claim.NO_BOUNDARY, "It holds nobody.", "security.html");

    private Results() {}

    static RunResult run(PropertyResult... results) {
        return new RunResult(
                "arp-poisoning",
                "esx-1.5.2",
                "emulated",
                1,
                List.of(results),
                SUPPORT,
                Duration.ofMillis(1234));
    }

    static PropertyResult result(Verdict verdict) {
        return result("traffic-confidentiality", verdict, null, null);
    }

    static PropertyResult result(
            String property,
            Verdict verdict,
            @Nullable Verdict expected,
            @Nullable String accepted) {
        return new PropertyResult(judgement(property, verdict, "because"), expected, accepted);
    }

    static Judgement judgement(String property, Verdict verdict, String reason) {
        return new Judgement(
                new Question(property, List.of("vm1", "source"), "vm2"),
                verdict,
                reason,
                List.of(
                        new FrameReference(
                                "captures/vm2.pcapng", new TreeMap<>(Map.of(12, "a", 14, "b"))),
                        new EventReference(List.of(3, 9)),
                        new ImageReference("images/0/vm1.img", List.of(4096L))));
    }

    /** One result of each kind, in this order: those that a build fails for come last. */
    static List<PropertyResult> ofEveryKind() {
        return List.of(
                result(Verdict.UPHELD),
                result(Verdict.NOT_APPLICABLE),
                result("arp-integrity", Verdict.VIOLATED, Verdict.VIOLATED, null),
                result("connectivity", Verdict.VIOLATED, null, "a lab"),
                result("connectivity", Verdict.VIOLATED, null, null)
                        .as(PropertyResult.Treatment.KNOWN),
                result("connectivity", Verdict.UPHELD, Verdict.VIOLATED, null),
                result("connectivity", Verdict.VIOLATED, null, null),
                result("connectivity", Verdict.INCONCLUSIVE, null, "a lab"),
                result("connectivity", Verdict.ERROR, null, null));
    }
}
