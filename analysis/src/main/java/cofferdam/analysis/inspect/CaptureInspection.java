package cofferdam.analysis.inspect;

import cofferdam.analysis.story.FrameSummary;
import cofferdam.monitor.pcapng.CapturedFrame;
import cofferdam.monitor.pcapng.PcapngComments;
import cofferdam.monitor.pcapng.PcapngException;
import cofferdam.monitor.pcapng.PcapngReader;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A capture, pcapng or classic pcap, and what it shows. */
public final class CaptureInspection {

    /** The most conversations that are told apart; the frames of others are counted. */
    public static final int MAXIMUM_CONVERSATIONS = 100_000;

    private final List<CapturedFrame> frames;
    private final SortedMap<Integer, String> comments;
    private final SortedMap<String, String> names;
    private final Map<String, Conversation> conversations = new HashMap<>();
    private final AddressHistory history = new AddressHistory();
    private int otherFrames;

    private CaptureInspection(
            List<CapturedFrame> frames,
            SortedMap<Integer, String> comments,
            SortedMap<String, String> names) {
        this.frames = List.copyOf(frames);
        this.comments = comments;
        this.names = names;
        this.frames.forEach(this::take);
    }

    /**
     * Looks at a capture.
     *
     * @throws UnreadableCaptureException if it is none, or beyond a limit
     */
    public static CaptureInspection of(byte[] file) throws UnreadableCaptureException {
        if (ClassicPcap.is(file)) {
            return new CaptureInspection(ClassicPcap.read(file), new TreeMap<>(), new TreeMap<>());
        }
        try {
            SortedMap<String, String> names = new TreeMap<>();
            PcapngReader.names(file)
                    .forEach((address, name) -> names.put(address.toString(), name));
            PcapngReader.namesOfIpv6(file)
                    .forEach((address, name) -> names.put(address.toString(), name));
            return new CaptureInspection(
                    PcapngReader.read(file).frames(), PcapngComments.read(file), names);
        } catch (PcapngException e) {
            throw new UnreadableCaptureException(String.valueOf(e.getMessage()), e);
        }
    }

    private void take(CapturedFrame frame) {
        Optional<Dissection> dissection = Dissection.of(frame.bytes());
        if (dissection.isEmpty()) {
            otherFrames++;
            return;
        }
        count(frame, dissection.get());
        history.take(frame, dissection.get());
    }

    private void count(CapturedFrame frame, Dissection dissection) {
        Party from = dissection.from();
        Party to = dissection.to();
        boolean inOrder = from.compareTo(to) <= 0;
        String key = "%s %s %s"
                .formatted(dissection.protocol(), inOrder ? from : to, inOrder ? to : from);
        Conversation known = conversations.get(key);
        long length = frame.bytes().length;
        if (known != null) {
            conversations.put(key, known.with(from, length, frame.time()));
            return;
        }
        if (conversations.size() == MAXIMUM_CONVERSATIONS) {
            otherFrames++;
            return;
        }
        conversations.put(
                key, Conversation.begun(dissection.protocol(), from, to, length, frame.time()));
    }

    /** How many frames there are. */
    public int frames() {
        return frames.size();
    }

    /** How many frames belong to no conversation: they are no Ethernet, or there are too many. */
    public int otherFrames() {
        return otherFrames;
    }

    /** The time of the first frame, 0 if there is none. */
    public long start() {
        return frames.isEmpty() ? 0 : frames.getFirst().time();
    }

    /** The names of addresses that the capture brings along. */
    public SortedMap<String, String> names() {
        return new TreeMap<>(names);
    }

    /** Who talked to whom, by the first frame's time. */
    public List<Conversation> conversations() {
        return conversations.values().stream()
                .sorted(Comparator.comparingLong(Conversation::first)
                        .thenComparing(Conversation::protocol)
                        .thenComparing(Conversation::one)
                        .thenComparing(Conversation::other))
                .toList();
    }

    /** Who claimed which address when, in order. */
    public List<Claim> claims() {
        return history.claims();
    }

    /** The frames that have a comment. */
    public List<Proof> commented() {
        return proofs(comments.keySet());
    }

    /** The frames of these numbers; those that do not exist are left out. */
    public List<Proof> proofs(Collection<Integer> numbers) {
        List<Proof> proofs = new ArrayList<>();
        for (int number : numbers) {
            if (number >= 1 && number <= frames.size()) {
                CapturedFrame frame = frames.get(number - 1);
                proofs.add(new Proof(
                        number,
                        frame.time(),
                        FrameSummary.of(frame.bytes()),
                        comments.getOrDefault(number, "")));
            }
        }
        return proofs;
    }
}
