package cofferdam.monitor.linux;

import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.guest.MailAccount;
import cofferdam.monitor.guest.MailMessage;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

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
     * @param then is done when it is there, or cannot be, which the client will find out
     */
    void put(String server, FlowId flow, Runnable then) {
        Root root = guests.get(server);
        if (root == null) {
            then.run();
            return;
        }
        GuestConsole console;
        try {
            console = root.console();
        } catch (IOException off) {
            then.run();
            return;
        }
        console.begin(command(server, flow), PATIENCE, call -> then.run());
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
