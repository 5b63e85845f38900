package cofferdam.analysis;

import cofferdam.analysis.evidence.Flow;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the interfaces by which an adversary listens were shown to hear what is not meant for them.
 * Those of an emulated monitor cannot fail to.
 */
final class Hearers {

    private final String adversary;
    private final boolean real;
    private final List<Event.ListeningTested> tests;

    Hearers(Run run, String adversary) {
        this.adversary = adversary;
        real = run.isReal();
        tests = run.events(Event.ListeningTested.class).stream()
                .filter(test -> test.actor().equals(adversary))
                .toList();
    }

    /**
     * Fails on a real monitor unless an interface was tested, and each that was heard every frame in the
     * last test before the exchange and in the first one after.
     */
    void require(Flow exchange) throws MissingEvidenceException {
        Set<String> tested = new TreeSet<>();
        tests.forEach(test -> tested.add(test.subject()));
        if (real && tested.isEmpty()) {
            throw new MissingEvidenceException(
                    "nobody tested what the interfaces of %s hear".formatted(adversary));
        }
        for (String name : tested) {
            require(name, exchange);
        }
    }

    private void require(String name, Flow exchange) throws MissingEvidenceException {
        List<Event.ListeningTested> ofThis =
                tests.stream().filter(test -> test.subject().equals(name)).toList();
        boolean before = ofThis.stream()
                .filter(test -> test.time() <= exchange.started())
                .reduce((first, second) -> second)
                .filter(Event.ListeningTested::outcome)
                .isPresent();
        boolean after = ofThis.stream()
                .filter(test -> test.time() >= exchange.finished())
                .findFirst()
                .filter(Event.ListeningTested::outcome)
                .isPresent();
        if (!before || !after) {
            throw new MissingEvidenceException(
                    "%s of %s was not shown to hear frames for others %s the exchange"
                            .formatted(name, adversary, before ? "after" : "before"));
        }
    }
}
