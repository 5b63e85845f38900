package cofferdam.attacks;

import java.util.List;

/** Something an adversary does. Immutable; what is under way is a {@link Campaign}. */
public interface Attack {

    /** Its name in scenarios: lower-case letters, digits and hyphens. */
    String name();

    /** One line that says what it does. */
    String summary();

    /** The boundary that it tries to cross. */
    Boundary boundary();

    /** What a scenario may set, each with default and limits. */
    List<Setting> settings();

    /** How many victims it takes, at least and at most. */
    Victims victims();

    /** Whether it takes an accomplice: a second machine of the attacker's, which is no victim. */
    default boolean accomplice() {
        return false;
    }

    /**
     * Begins. Returns at once; everything else happens on the adversary's timeline.
     *
     * @throws MissingCapabilityException if the attacker's machine cannot do what the attack needs
     */
    Campaign start(Adversary adversary) throws MissingCapabilityException;

    /** An attack under way. */
    interface Campaign {

        /**
         * Whether the attack has taken up its position; a scenario lets the victims talk only then.
         */
        boolean ready();

        /** Ends the attack: it puts back what it can, at once or over the next seconds. */
        void stop();

        /** Whether, after {@link #stop}, everything is put back and nothing more will be sent. */
        boolean stopped();
    }

    /** How many victims an attack takes. */
    record Victims(int minimum, int maximum) {
        public static final Victims NONE = new Victims(0, 0);
    }
}
