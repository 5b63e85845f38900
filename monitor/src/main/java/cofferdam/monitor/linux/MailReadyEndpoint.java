package cofferdam.monitor.linux;

import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.guest.Flow;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Consumer;

/** An emulated machine's user, who finds a mailbox on the real guests that he logs in to. */
final class MailReadyEndpoint implements Endpoint {

    private final String name;
    private final Endpoint user;
    private final Mailboxes mailboxes;
    private final Timeline time;
    private final Consumer<Event> events;

    /**
     * The user of a machine.
     *
     * @param name of the machine
     */
    MailReadyEndpoint(
            String name,
            Endpoint user,
            Mailboxes mailboxes,
            Timeline time,
            Consumer<Event> events) {
        this.name = name;
        this.user = user;
        this.mailboxes = mailboxes;
        this.time = time;
        this.events = events;
    }

    @Override
    public Operation ping(Machine to, Way way, FlowId flow, int count, Duration interval) {
        return user.ping(to, way, flow, count, interval);
    }

    @Override
    public Operation probe(Machine to, Way way, FlowId flow, int count, Duration interval) {
        return user.probe(to, way, flow, count, interval);
    }

    @Override
    public Operation login(Machine to, FlowId flow) {
        Later login = new Later();
        mailboxes.put(
                to.name(),
                flow,
                problem -> login.begun = problem.map(reason -> lost(to, flow, reason))
                        .orElseGet(() -> user.login(to, flow)));
        return login;
    }

    private Operation lost(Machine to, FlowId id, String reason) {
        Flow flow = new Flow(time, events, name, to.name(), FlowKind.LOGIN, id);
        flow.start();
        flow.lose(reason);
        return flow::finished;
    }

    @Override
    public Operation lease(Machine server, FlowId flow) {
        return user.lease(server, flow);
    }

    private static final class Later implements Operation {
        private @Nullable Operation begun;

        @Override
        public boolean done() {
            return begun != null && begun.done();
        }
    }
}
