package cofferdam.analysis.evidence;

/** A packet of the Internet Protocol, of whichever version. */
public sealed interface IpContent extends Content permits Ipv4Content {

    /** Whether it speaks for an address that this machine has, or needs none to speak. */
    boolean isOwn(Machine machine);

    /** Whether it comes from an address of this machine, in text for messages. */
    boolean isFrom(Machine machine);

    /** The source address in text. */
    String sourceText();

    /** Whether it comes from the unspecified address. */
    boolean isUnspecified();
}
