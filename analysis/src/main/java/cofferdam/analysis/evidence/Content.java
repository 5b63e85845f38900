package cofferdam.analysis.evidence;

/** What a frame carries, as far as judging asks. */
public sealed interface Content permits ArpContent, PacketContent, Content.Other {

    /** Neither ARP nor IPv4 nor IPv6, or malformed. */
    enum Other implements Content {
        OTHER
    }
}
