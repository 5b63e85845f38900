package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whether an adversary's frames under others' addresses get past its own port.
 *
 * @param addresses which addresses, in words
 * @param forgery what counts as a frame under another's address
 */
record Authenticity(Property property, String addresses, Forgery forgery) implements Checker {

    /** Of hardware addresses. */
    static Authenticity ofHardware() {
        return new Authenticity(
                new Property(
                        "mac-authenticity",
                        2,
                        "does a machine's frame under another's hardware address get past its port?",
                        false,
                        "the run completed; the adversary sent frames under a subject's address; before"
                                + " the first and after the last of them its honest frames arrived"
                                + " elsewhere"),
                "another's hardware address",
                new ForgedHardware());
    }

    /** Of protocol addresses, IPv4 and IPv6, behind VLAN tags too. */
    static Authenticity ofProtocol() {
        return new Authenticity(
                new Property(
                        "ip-authenticity",
                        2,
                        "does a machine's packet under another's IP address, or none, get past its port?",
                        false,
                        "the run completed; the adversary sent packets under a subject's address or"
                                + " under none; before the first and after the last of them its honest"
                                + " frames arrived elsewhere"),
                "an IP address that is not the sender's",
                new ForgedProtocol());
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        Pair subjects = Pair.of(run, question.subject());
        Set<Machine> adversaries = new LinkedHashSet<>();
        for (String name : Attempt.adversaries(run)) {
            adversaries.add(run.machine(name));
        }
        Pointers arrivals = new Pointers();
        for (Machine adversary : adversaries) {
            new ForgedFrames(run, adversary, forgery).pointAtArrivals(arrivals);
        }
        if (arrivals.count() > 0) {
            return Judgement.violated(
                    question,
                    "%d frames under %s were received elsewhere"
                            .formatted(arrivals.count(), addresses),
                    arrivals);
        }
        Attempt.of(run);
        run.requireCompleted();
        for (Machine adversary : adversaries) {
            new ForgedFrames(run, adversary, forgery).requireControls(subjects);
        }
        return Judgement.upheld(
                question, "no frame under %s was received elsewhere".formatted(addresses));
    }
}
