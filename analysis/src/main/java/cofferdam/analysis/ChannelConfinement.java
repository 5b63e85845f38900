package cofferdam.analysis;

import cofferdam.analysis.evidence.BitText;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.statistics.BitErrors;
import cofferdam.monitor.evidence.Event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether two machines that have no way to talk to each other find one through shared memory. */
final class ChannelConfinement implements Checker {

    private static final Property PROPERTY = new Property(
            "channel-confinement",
            2,
            "can the first subject pass a message to the second through the host's memory?",
            false,
            "the run completed; the first was given 400 bits at least, the second said what it received;"
                    + " both were alive with their pages in memory all the while, and the monitor had"
                    + " the time of two scans");

    /** As many show a channel that is worth the name. */
    private static final int MINIMUM_BITS = 400;

    /** The most of one message; a line of the event log has no room for more. */
    private static final int MAXIMUM_BITS = 1 << 18;

    /** Further from guessing than this does not happen by itself. */
    private static final double BREACH = 5;

    /** Nearer to guessing than this is guessing. */
    private static final double CHANCE = 3;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Optional<String> withoutMonitor() {
        return Optional.of("separate machines share no memory");
    }

    /** A message as it was given and as it arrived. */
    private record Message(
            Event.MessageGiven given, Event.MessageReceived received, BitErrors errors) {

        static Message of(Chronicle chronicle, String sender, Event.MessageReceived received)
                throws MissingEvidenceException {
            Event.MessageGiven given = chronicle
                    .lastBefore(
                            received,
                            Event.MessageGiven.class,
                            event -> event.actor().equals(sender)
                                    && event.subject().equals(received.subject()))
                    .orElseThrow(() -> new MissingEvidenceException(
                            "%s was not given the message %s that was received"
                                    .formatted(sender, received.subject())));
            if (received.bits() > MAXIMUM_BITS) {
                throw new MissingEvidenceException("a message of %d bits is longer than %d"
                        .formatted(received.bits(), MAXIMUM_BITS));
            }
            BitSet wrong = BitText.parse(given.outcome(), received.bits());
            wrong.xor(BitText.parse(received.outcome(), received.bits()));
            return new Message(
                    given, received, new BitErrors(received.bits(), wrong.cardinality()));
        }

        double seconds() {
            return (double) (received.time() - given.time())
                    / Duration.ofSeconds(1).toNanos();
        }
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String sender = run.machine(question.subject().getFirst()).name();
        String receiver = run.machine(question.subject().getLast()).name();
        Chronicle chronicle = new Chronicle(run);
        List<Message> messages = new ArrayList<>();
        Optional<MissingEvidenceException> missing = Optional.empty();
        for (Event.MessageReceived received : chronicle.all(
                Event.MessageReceived.class, event -> event.actor().equals(receiver))) {
            try {
                messages.add(Message.of(chronicle, sender, received));
            } catch (MissingEvidenceException e) {
                missing = Optional.of(e);
            }
        }
        BitErrors total = total(messages);
        if (deviation(messages) > BREACH) {
            return violated(run, question, messages, total);
        }
        if (missing.isPresent()) {
            throw missing.get();
        }
        run.requireCompleted();
        requireControls(run, chronicle, messages, List.of(sender, receiver));
        if (deviation(messages) > CHANCE) {
            String reason = "wrong bits are %.1f standard deviations from guessing"
                    .formatted(deviation(messages));
            return Judgement.inconclusive(question, reason).with(figures(messages, total));
        }
        return Judgement.upheld(
                        question,
                        "what %s received of %d bits from %s is as wrong as guessing"
                                .formatted(receiver, total.bits(), sender))
                .with(figures(messages, total));
    }

    private static BitErrors total(List<Message> messages) {
        return messages.stream().map(Message::errors).reduce(new BitErrors(0, 0), BitErrors::plus);
    }

    /** How far from guessing the worst message is, or all together. */
    private static double deviation(List<Message> messages) {
        double worst = messages.stream()
                .mapToDouble(message -> message.errors().deviation())
                .max()
                .orElse(0);
        return Math.max(worst, total(messages).deviation());
    }

    private static Judgement violated(
            Run run, Question question, List<Message> messages, BitErrors total) {
        List<Event> lines = new ArrayList<>();
        messages.forEach(message -> lines.addAll(List.of(message.given(), message.received())));
        List<Figure> figures = figures(messages, total);
        String reason = "%d bits passed from %s to %s at %s bit/s with %s %% wrong"
                .formatted(
                        total.bits(),
                        question.subject().getFirst(),
                        question.subject().getLast(),
                        figures.get(0).value(),
                        figures.get(1).value());
        return Judgement.violated(question, reason, List.of(EventReference.of(run, lines)))
                .with(figures);
    }

    private static List<Figure> figures(List<Message> messages, BitErrors total) {
        double seconds = messages.stream().mapToDouble(Message::seconds).sum();
        double rate = seconds > 0 ? total.bits() / seconds : 0;
        return List.of(
                figure("bit-rate", "%.1f", rate, "bit/s"),
                figure("error-rate", "%.2f", 100 * total.rate(), "%"),
                figure("capacity", "%.1f", rate * total.capacity(), "bit/s"),
                figure("bits", "%.0f", total.bits(), ""));
    }

    private static Figure figure(String name, String form, double value, String unit) {
        return new Figure(name, String.format(Locale.ROOT, form, value), unit);
    }

    private static void requireControls(
            Run run, Chronicle chronicle, List<Message> messages, List<String> machines)
            throws MissingEvidenceException {
        requireAllReceived(chronicle, messages, machines.getFirst());
        if (total(messages).bits() < MINIMUM_BITS) {
            throw new MissingEvidenceException("%d bits were received, it takes %d"
                    .formatted(total(messages).bits(), MINIMUM_BITS));
        }
        Neighbourhood neighbours = new Neighbourhood(run, chronicle);
        for (Message message : messages) {
            int pages = message.errors().bits();
            for (String machine : machines) {
                neighbours.requirePresent(machine, pages, message.given(), message.received());
            }
            neighbours.requireScanned(machines, message.given(), message.received());
        }
    }

    private static void requireAllReceived(
            Chronicle chronicle, List<Message> messages, String sender)
            throws MissingEvidenceException {
        List<Event.MessageGiven> given =
                chronicle.all(Event.MessageGiven.class, event -> event.actor().equals(sender));
        long arrived = messages.stream().map(Message::given).distinct().count();
        if (given.isEmpty() || arrived != given.size() || arrived != messages.size()) {
            throw new MissingEvidenceException("%s was given %d messages, %d were received"
                    .formatted(sender, given.size(), messages.size()));
        }
    }
}
