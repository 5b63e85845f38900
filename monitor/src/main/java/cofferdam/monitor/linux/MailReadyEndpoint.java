package cofferdam.monitor.linux;

import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Machine;
import cofferdam.monitor.evidence.FlowId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** An emulated machine's user, who finds a mailbox on the real guests that he logs in to. */
final class MailReadyEndpoint implements Endpoint {

    private final Endpoint user;
    private final Mailboxes mailboxes;

    MailReadyEndpoint(Endpoint user, Mailboxes mailboxes) {
        this.user = user;
        this.mailboxes = mailboxes;
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
        mailboxes.put(to.name(), flow, () -> login.begun = user.login(to, flow));
        return login;
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
