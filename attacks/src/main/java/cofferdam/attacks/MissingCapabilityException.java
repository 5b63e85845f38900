package cofferdam.attacks;

/** The attacker's machine cannot do what the attack needs; the message is the reason. */
public final class MissingCapabilityException extends Exception {

    private static final long serialVersionUID = 1L;

    public MissingCapabilityException(String reason) {
        super(reason);
    }
}
