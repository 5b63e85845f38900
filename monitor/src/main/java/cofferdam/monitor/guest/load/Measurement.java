package cofferdam.monitor.guest.load;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.LoadClient;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Requests pages at a rate, whether they are answered or not, and takes the time of each answer. It
 * ends {@link LoadClient#PATIENCE} after its span, never before, so that measurements of the same
 * span last the same.
 */
final class Measurement implements Operation {

    private static final long SECOND = 1_000_000_000;
    private static final long NONE = -1;

    private final String client;
    private final Machine server;
    private final int rate;
    private final Duration span;
    private final String label;
    private final long[] sent;
    private final long[] took;
    private int count;
    private boolean done;

    Measurement(String client, Machine server, int rate, Duration span, String label) {
        this.client = client;
        this.server = server;
        this.rate = rate;
        this.span = span;
        this.label = label;
        int requests = requests(rate, span);
        sent = new long[requests];
        took = new long[requests];
        Arrays.fill(took, NONE);
    }

    /** As many as fit into the span, one at its beginning. */
    private static int requests(int rate, Duration span) {
        if (rate < 1 || span.toNanos() < 1) {
            throw new IllegalArgumentException(
                    "a rate of %d a second for %s is not positive".formatted(rate, span));
        }
        long requests = Math.ceilDiv(Math.multiplyExact(rate, span.toNanos()), SECOND);
        if (requests > LoadClient.MAXIMUM_REQUESTS) {
            throw new IllegalArgumentException("%d requests a second for %s are more than %d"
                    .formatted(rate, span, LoadClient.MAXIMUM_REQUESTS));
        }
        return (int) requests;
    }

    void start(Datagrams datagrams, Timeline timeline, Consumer<Event> events) {
        Datagrams.Socket socket = datagrams.open(
                server.address(), PageService.PORT, data -> received(data, timeline.now()));
        timeline.after(span.plus(LoadClient.PATIENCE), () -> {
            socket.close();
            done = true;
            events.accept(measured(timeline.now()));
        });
        send(socket, timeline, timeline.now());
    }

    @Override
    public boolean done() {
        return done;
    }

    private void send(Datagrams.Socket socket, Timeline timeline, long start) {
        int number = count++;
        sent[number] = timeline.now();
        if (count < sent.length) {
            long next = start + count * SECOND / rate;
            timeline.after(
                    Duration.ofNanos(next - timeline.now()), () -> send(socket, timeline, start));
        }
        socket.send(NumberedText.of(PageService.LABEL, number));
    }

    private void received(byte[] page, long now) {
        int number = NumberedText.number(PageService.LABEL, page);
        boolean awaited = number >= 0 && number < count && took[number] == NONE;
        if (awaited && Arrays.equals(page, PageService.page(number))) {
            took[number] = now - sent[number];
        }
    }

    private Event measured(long now) {
        long[] answers = LongStream.of(took)
                .filter(time -> time != NONE && time <= LoadClient.PATIENCE.toNanos())
                .sorted()
                .toArray();
        int last = answers.length - 1;
        return new Event.ServiceMeasured(
                now,
                client,
                server.name(),
                label,
                count,
                answers.length,
                span.plus(LoadClient.PATIENCE).toNanos(),
                last < 0 ? 0 : answers[last / 2],
                last < 0 ? 0 : answers[last]);
    }
}
