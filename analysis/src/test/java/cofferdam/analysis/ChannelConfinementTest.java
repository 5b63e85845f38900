package cofferdam.analysis;

import static cofferdam.analysis.MemoryScene.isInconclusive;
import static cofferdam.analysis.MemoryScene.isUpheld;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.MemoryScene.Usage;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.policy.Policies;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

class ChannelConfinementTest {

    private static final int BITS = 1024;

    private final MemoryScene scene = MemoryScene.started();
    private final SplittableRandom random = new SplittableRandom(11);

    ChannelConfinementTest() {
        scene.policy = "hardened";
        scene.seen.put("vm1", new Usage(16, 12, 12, 0, 0));
        scene.own.put("vm1", new Usage(16, 12, 12, 0, 0));
        scene.seen.put("vm2", new Usage(16, 12, 12, 0, 0));
        scene.own.put("vm2", new Usage(16, 12, 12, 0, 0));
    }

    @Test
    void aMessageThatArrivesIsABreachWithRateErrorAndCapacity() {
        byte[] message = message(BITS);
        begin();
        round("round-1", message, BITS, message, BITS);
        scene.live(3).finish();

        Judgement judgement = judge();
        scene.isViolated(
                judgement,
                "1024 bits passed from vm1 to vm2 at 102.4 bit/s with 0.00 % wrong",
                this::isProof);
        assertThat(judgement.figures())
                .containsExactly(
                        new Figure("bit-rate", "102.4", "bit/s"),
                        new Figure("error-rate", "0.00", "%"),
                        new Figure("capacity", "102.4", "bit/s"),
                        new Figure("bits", "1024", ""));
    }

    @Test
    void aNoisyChannelIsABreachWithLessCapacity() {
        byte[] message = message(BITS);
        byte[] noisy = message.clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] ^= (byte) (i % 2);
        }
        begin();
        round("round-1", message, BITS, noisy, BITS);
        scene.live(3).finish();

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judge().figures())
                .contains(
                        new Figure("error-rate", "6.25", "%"),
                        // 1 - H(1/16) = 0.6627
                        new Figure("capacity", "67.9", "bit/s"));
    }

    @Test
    void aMessageThatArrivesTurnedRoundIsABreach() {
        byte[] message = message(BITS);
        byte[] turned = message.clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] = (byte) ~turned[i];
        }
        begin();
        round("round-1", message, BITS, turned, BITS);
        scene.live(3).finish();

        scene.isViolated(judge(), "100.00 % wrong", this::isProof);
    }

    @Test
    void oneRoundRightAndOneTurnedRoundIsABreachThoughHalfIsWrong() {
        byte[] message = message(BITS);
        byte[] turned = message.clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] = (byte) ~turned[i];
        }
        begin();
        round("round-1", message, BITS, message, BITS);
        round("round-2", message, BITS, turned, BITS);
        scene.live(3).finish();

        scene.isViolated(judge(), "50.00 % wrong", this::isProof);
    }

    @Test
    void aReceiverThatGuessesUpholds() {
        begin();
        round("round-1", message(BITS), BITS, message(BITS), BITS);
        round("round-2", message(BITS), BITS, new byte[BITS / 8], BITS);
        scene.live(3).finish();

        isUpheld(judge());
        assertThat(judge().figures()).contains(new Figure("bits", "2048", ""));
    }

    @Test
    void fortyWrongBitsTooFewAreNeitherProofNorChance() {
        byte[] message = message(BITS);
        byte[] received = new byte[BITS / 8];
        for (int i = 0; i < received.length; i++) {
            // In three of four bytes half the bits are right, in some more than half.
            received[i] = (byte) (message[i] ^ (i % 2 == 0 ? 0x0f : i % 4 == 1 ? 0x0e : 0x0f));
        }
        for (int i = 0; i < 28; i++) {
            received[i * 4 + 2] = (byte) (message[i * 4 + 2] ^ 0x07);
        }
        begin();
        round("round-1", message, BITS, received, BITS);
        scene.live(3).finish();

        isInconclusive(judge(), "standard deviations from guessing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            configured | vm1 and vm2 were not all given memory
            given      | vm1 was not given the message
            received   | vm1 was given 1 messages, 0 were received
            alive vm1  | vm1 was not shown to be alive
            alive vm2  | vm2 was not shown to be alive
            seen vm1   | monitor did not look how the memory of vm1
            seen vm2   | monitor did not look how the memory of vm2
            finish     | not once
            """)
    void withoutAControlItIsInconclusive(String missing, String reason) {
        step("configured", missing, () -> scene.configured("vm1", 16, 16));
        scene.configured("vm2", 16, 16);
        if (missing.startsWith("seen")) {
            scene.seen.remove(missing.substring(5));
        }
        scene.live(3);
        step("given", missing, () -> given("vm1", "covert-channel round-1", message(BITS)));
        if (missing.startsWith("alive")) {
            scene.beating.remove(missing.substring(6));
        }
        scene.live(10);
        step(
                "received",
                missing,
                () -> received("vm2", "covert-channel round-1", message(BITS), BITS));
        scene.live(3);
        step("finish", missing, scene::finish);

        isInconclusive(judge(), reason);
    }

    @Test
    void tooFewBitsAreInconclusive() {
        begin();
        round("round-1", message(399), 399, message(399), 399);
        scene.live(3).finish();

        isInconclusive(judge(), "399 bits were received, it takes 400");
    }

    @Test
    void tooLittleTimeForTheScannerIsInconclusive() {
        scene.configured("vm1", 256, 256).configured("vm2", 256, 256).live(3);
        round("round-1", message(BITS), BITS, message(BITS), BITS);
        scene.live(3).finish();

        isInconclusive(judge(), "had 10.0 s to find equal pages, 2 passes take 26.2 s");
    }

    @Test
    void aMessageLostOnTheWayMakesTheOthersInconclusive() {
        begin();
        round("round-1", message(BITS), BITS, message(BITS), BITS);
        given("vm1", "covert-channel round-2", message(BITS));
        scene.live(3).finish();

        isInconclusive(judge(), "vm1 was given 2 messages, 1 were received");
    }

    @Test
    void aMessageThatWasReceivedTwiceIsInconclusive() {
        begin();
        round("round-1", message(BITS), BITS, message(BITS), BITS);
        received("vm2", "covert-channel round-1", message(BITS), BITS);
        scene.live(3).finish();

        isInconclusive(judge(), "vm1 was given 1 messages, 2 were received");
    }

    @Test
    void aMessageOfAnotherRoundIsNotTheOneReceived() {
        begin();
        given("vm1", "covert-channel round-1", message(BITS));
        scene.live(10);
        received("vm2", "covert-channel round-2", message(BITS), BITS);
        scene.live(3).finish();

        isInconclusive(judge(), "was not given the message covert-channel round-2");
    }

    @Test
    void messagesTheOtherWayAreAnotherQuestion() {
        byte[] message = message(BITS);
        begin();
        round("round-1", message, BITS, message, BITS);
        scene.live(3).finish();

        isInconclusive(judge("vm2", "vm1"), "vm2 was given 0 messages");
    }

    @Test
    void memoryTakenFromTheSenderMakesItInconclusive() {
        begin();
        given("vm1", "covert-channel round-1", message(BITS));
        scene.live(5);
        scene.record(new Event.FramesReleased(scene.tick(), "monitor", "vm1", "swap", "1"));
        scene.live(5);
        received("vm2", "covert-channel round-1", message(BITS), BITS);
        scene.live(3).finish();

        isInconclusive(judge(), "the memory of vm1 did not stay as it was");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 1016, 1025, 1033, Integer.MAX_VALUE})
    void aNumberOfBitsThatIsNotThatOfTheDigitsIsInconclusive(int bits) {
        begin();
        round("round-1", message(BITS), BITS, message(BITS), bits);
        scene.live(3).finish();

        assertThat(judge().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    private void begin() {
        scene.configured("vm1", 16, 16).configured("vm2", 16, 16).live(3);
    }

    private void round(String name, byte[] message, int bits, byte[] arrived, int told) {
        given("vm1", "covert-channel " + name, message);
        scene.live(10);
        received("vm2", "covert-channel " + name, arrived, told);
    }

    private void given(String machine, String subject, byte[] message) {
        scene.live(1)
                .record(new Event.MessageGiven(
                        scene.now(), machine, subject, HexFormat.of().formatHex(message)));
    }

    private void received(String machine, String subject, byte[] message, int bits) {
        scene.record(new Event.MessageReceived(
                scene.now(),
                machine,
                subject,
                bits,
                10 * MemoryScene.SECOND,
                HexFormat.of().formatHex(message)));
    }

    private byte[] message(int bits) {
        byte[] message = new byte[(bits + 7) / 8];
        random.nextBytes(message);
        if (bits % 8 != 0) {
            message[message.length - 1] &= (byte) ((1 << (bits % 8)) - 1);
        }
        return message;
    }

    private static void step(String step, String missing, Runnable action) {
        if (!step.equals(missing)) {
            action.run();
        }
    }

    private boolean isProof(Event event) {
        return event instanceof Event.MessageGiven || event instanceof Event.MessageReceived;
    }

    private Judgement judge() {
        return judge("vm1", "vm2");
    }

    private Judgement judge(String sender, String receiver) {
        Question question = new Question("channel-confinement", List.of(sender, receiver), "");
        return Analysis.judge(
                        RunFiles.of(Map.of("events.jsonl", EventLog.write(scene.events))),
                        Policies.builtIn("hardened").orElseThrow(),
                        List.of(question))
                .getFirst();
    }
}
