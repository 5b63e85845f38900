package cofferdam.monitor.linux;

import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.guest.MailAccount;
import cofferdam.monitor.guest.MailMessage;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts the mailbox of an exchange into the real guest that is its server, before the client logs in.
 * An emulated machine makes its mailboxes itself.
 */
final class Mailboxes {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String FOLDER = "/run/cofferdam/mail/";

    private final Map<String, Root> guests;

    /** A guest's root. */
    @FunctionalInterface
    interface Root {
        /**
         * The line to it.
         *
         * @throws IOException if the guest is off
         */
        GuestConsole console() throws IOException;
    }

    /** @param guests the real guests by name */
    Mailboxes(Map<String, Root> guests) {
        this.guests = new TreeMap<>(guests);
    }

    /**
     * Puts one there.
     *
     * @param then is told, when that is done, why a server that is on has no mailbox; empty if it has one
     *     or is off, which the client will find out
     */
    void put(String server, FlowId flow, Consumer<Optional<String>> then) {
        Root root = guests.get(server);
        if (root == null) {
            then.accept(Optional.empty());
            return;
        }
        GuestConsole console;
        try {
            console = root.console();
        } catch (IOException off) {
            then.accept(Optional.empty());
            return;
        }
        console.begin(
                command(server, flow), PATIENCE, call -> then.accept(problem(server, root, call)));
    }

    private static Optional<String> problem(String server, Root root, GuestShell.Call call) {
        try {
            GuestShell.Result result = call.result();
            return result.succeeded()
                    ? Optional.empty()
                    : Optional.of("%s took no mailbox: %s".formatted(server, result.output()));
        } catch (IOException unanswered) {
            return isOn(root)
                    ? Optional.of(
                            "%s took no mailbox: %s".formatted(server, unanswered.getMessage()))
                    : Optional.empty();
        }
    }

    /** Whether the guest is on. */
    static boolean isOn(Root root) {
        try {
            root.console();
            return true;
        } catch (IOException off) {
            return false;
        }
    }

    /** The line to the guest carries no carriage returns, so that the guest adds them. */
    static String command(String server, FlowId flow) {
        MailMessage message = MailMessage.of(server, flow);
        return """
                awk '{ printf "%%s\\r\\n", $0 }' > %1$s%2$s.message << 'END-OF-MESSAGE'
                %3$s\
                END-OF-MESSAGE
                echo '%4$s %5$d' > %1$s%2$s.account""".formatted(
                        FOLDER,
                        flow,
                        message.toAnswer().replace("\r", ""),
                        MailAccount.of(server, flow).password(),
                        message.octets());
    }
}
