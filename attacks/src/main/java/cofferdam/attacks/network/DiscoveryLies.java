package cofferdam.attacks.network;

import java.util.List;

/** What an attack says by neighbour discovery (RFC 4861): frames, ready to send. */
interface DiscoveryLies {

    /** What is said again and again. */
    List<byte[]> told();

    /** What is said on hearing this frame. */
    List<byte[]> answers(byte[] frame);

    /** What puts things right at the end. */
    List<byte[]> truth();
}
