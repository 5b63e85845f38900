package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class GuestConsoleTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String NONCE = FakeGuest.NONCE;
    private static final String START = "\u0002" + NONCE;

    private final FakeGuest guest = FakeGuest.up();
    private final GuestConsole console = guest.console;

    @Test
    void aCommandIsSentInPiecesAndAnswered() throws Exception {
        GuestShell.Call call = console.run("ls /\nfalse", LIMIT);

        assertThat(guest.heard()).containsExactly(START + " 7 run 1 2", "+ls /", "+false");
        assertThat(call.done()).isFalse();
        guest.raw(FakeGuest.answer(1, 3, "bin\ndev\n"));
        assertThat(call.done()).isTrue();
        assertThat(call.result()).isEqualTo(new GuestShell.Result(3, "bin\ndev"));
    }

    @Test
    void nothingIsSentBeforeTheGuestIsUp() {
        FakeGuest booting = new FakeGuest();
        booting.console.run("one", LIMIT);
        booting.console.begin("two", LIMIT, call -> {});

        assertThat(booting.console.ready()).isFalse();
        assertThat(booting.heard()).isEmpty();
        booting.say("up");
        assertThat(booting.console.ready()).isTrue();
        assertThat(booting.heard()).contains("+one", "+two");
    }

    @Test
    void waitingGetsTheAnswerWhileTimePasses() throws Exception {
        guest.after(Duration.ofSeconds(3), () -> guest.raw(FakeGuest.answer(1, 0, "late\n")));

        assertThat(console.await("sleep 3", LIMIT).output()).isEqualTo("late");
    }

    @Test
    void commandsAreCarriedOutOneAfterTheOtherAndOthersBeside() throws Exception {
        GuestShell.Call first = console.run("first", LIMIT);
        GuestShell.Call second = console.run("second", LIMIT);
        GuestShell.Call beside = console.begin("beside", LIMIT, call -> {});

        assertThat(guest.heard()).contains("+first", "+beside").doesNotContain("+second");
        guest.raw(FakeGuest.answer(3, 0, "3"));
        guest.raw(FakeGuest.answer(1, 0, "1"));
        assertThat(guest.heard()).contains("+second");
        guest.raw(FakeGuest.answer(2, 0, "2"));
        assertThat(List.of(first.result(), second.result(), beside.result()))
                .extracting(GuestShell.Result::output)
                .containsExactly("1", "2", "3");
    }

    @Test
    void answersOfSeveralCommandsMayMix() throws Exception {
        GuestShell.Call first = console.begin("first", LIMIT, call -> {});
        GuestShell.Call second = console.begin("second", LIMIT, call -> {});
        guest.say("data 1 YWJj");
        guest.say("data 2 eHl6");
        guest.say("data 1 ZGVm");
        guest.say("end 2 0 " + FakeGuest.crc("xyz"));
        guest.say("end 1 0 " + FakeGuest.crc("abcdef"));

        assertThat(first.result().output()).isEqualTo("abcdef");
        assertThat(second.result().output()).isEqualTo("xyz");
    }

    @Test
    void whereverTheBytesAreSplitTheAnswerIsTheSame() throws Exception {
        byte[] bytes = ("kernel: noise\r\nhalf a line"
                        + FakeGuest.answer(1, 0, "0123456789".repeat(100))
                        + "more noise\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at <= bytes.length; at++) {
            FakeGuest split = FakeGuest.up();
            GuestShell.Call call = split.console.run("x", LIMIT);
            split.raw(Arrays.copyOfRange(bytes, 0, at));
            split.raw(Arrays.copyOfRange(bytes, at, bytes.length));
            assertThat(call.result().output()).as("at %d", at).isEqualTo("0123456789".repeat(100));
        }
    }

    @Test
    void anAnswerToWhatWasNotAskedIsThrownAway() throws Exception {
        guest.raw(FakeGuest.answer(1, 0, "too early"));
        GuestShell.Call first = console.run("first", LIMIT);
        GuestShell.Call second = console.run("second", LIMIT);
        guest.raw(FakeGuest.answer(2, 0, "not begun"));
        guest.raw(FakeGuest.answer(7, 0, "nobody"));

        assertThat(first.done()).isFalse();
        assertThat(second.done()).isFalse();
        guest.raw(FakeGuest.answer(1, 0, "right"));
        guest.raw(FakeGuest.answer(1, 0, "twice"));
        assertThat(first.result().output()).isEqualTo("right");
        assertThat(second.done()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00020123456789abcdee 16 end 1 0 00000000",
                "\u0002 16 end 1 0 00000000",
                "0123456789abcdef 16 end 1 0 00000000",
                "\u00020123456789abcdef 15 end 1 0 00000000",
                "\u00020123456789abcdef 17 end 1 0 00000000",
                "\u00020123456789abcdef 016 end 1 0 00000000",
                "\u00020123456789abcdef -16 end 1 0 00000000",
                "\u00020123456789abcdef 9999999999999999999 end 1 0 00000000",
                "\u00020123456789abcdef 16end 1 0 00000000",
            })
    void whatIsNotAFrameOfThisGuestEndsNothing(String line) throws Exception {
        GuestShell.Call call = console.run("true", LIMIT);
        guest.raw(line + "\n");

        assertThat(call.done()).isFalse();
        guest.raw("\u00020123456789abcdef 16 end 1 0 00000000\n");
        assertThat(call.result()).isEqualTo(new GuestShell.Result(0, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "end 1 256 00000000",
                "end 1 -1 00000000",
                "end 01 0 00000000",
                "end -1 0 00000000",
                "end 1 0 0000000",
                "end 1 0 0000000G",
                "end 1 0 00000000 1",
                "end  1 0 00000000",
                "end 1 0",
                "END 1 0 00000000",
                "end 99999999999999999999 0 00000000",
                "end 1 99999999999999999999 00000000",
                "data 1",
                "data 1 ",
                "data one YWJj",
                "refused",
                "refused 1 1",
                "",
            })
    void whatIsNotWellFormedEndsNothing(String body) throws Exception {
        GuestShell.Call call = console.run("true", LIMIT);
        guest.say(body);

        assertThat(call.done()).isFalse();
        guest.say("end 1 0 00000000");
        assertThat(call.result()).isEqualTo(new GuestShell.Result(0, ""));
    }

    @Test
    void anAnswerThatWasAlteredOnTheWayIsNone() {
        GuestShell.Call call = console.run("cat", LIMIT);
        guest.say("data 1 YWJj");
        guest.say("end 1 0 " + FakeGuest.crc("abd"));

        assertThatThrownBy(call::result)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'cat': its answer is garbled: the checksum is 352441c2");
    }

    @Test
    void anAnswerThatLostAPieceIsNone() {
        GuestShell.Call call = console.run("cat", LIMIT);
        guest.say("data 1 YWJj");
        guest.say("end 1 0 " + FakeGuest.crc("abcdef"));

        assertThatThrownBy(call::result).hasMessageContaining("garbled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"YW!j", "YWJ", "====", "YWJj\u0001"})
    void aPieceThatIsNoBase64EndsItsCommand(String piece) {
        GuestShell.Call call = console.run("cat", LIMIT);
        guest.say("data 1 " + piece);

        assertThatThrownBy(call::result).hasMessageContaining("no base64");
    }

    @Test
    void tooMuchOutputEndsItsCommandAndNoOther() throws Exception {
        GuestShell.Call call = console.run("yes", LIMIT);
        guest.heard();
        guest.raw(FakeGuest.answer(1, 0, "y\n".repeat((1 << 19) + 1)));

        assertThatThrownBy(call::result).hasMessageContaining("more than 1048576 bytes");
        assertThat(guest.heard()).contains(START + " 6 kill 1");
        GuestShell.Call next = console.run("no", LIMIT);
        guest.raw(FakeGuest.answer(2, 0, "n\n".repeat(1 << 19)));
        assertThat(next.result().output()).hasSize((1 << 20) - 1);
    }

    @Test
    void aGuestThatDoesNotAnswerIsGivenUpAfterTheLimitAndAskedTheNext() throws Exception {
        GuestShell.Call first = console.run("hang", LIMIT);
        GuestShell.Call second = console.run("next", Duration.ofSeconds(30));
        guest.heard();
        guest.pass(LIMIT);

        assertThatThrownBy(first::result)
                .isInstanceOf(IOException.class)
                .hasMessage("'hang': no answer within 10000 ms");
        assertThat(guest.heard())
                .containsExactly(START + " 6 kill 1", START + " 7 run 2 1", "+next");
        guest.raw(FakeGuest.answer(1, 0, "at last"));
        assertThat(second.done()).isFalse();
        guest.raw(FakeGuest.answer(2, 0, "right"));
        assertThat(second.result().output()).isEqualTo("right");
    }

    @Test
    void aCommandThatNeverBeganIsNotSentAfterItsLimit() {
        console.run("hang", Duration.ofSeconds(20));
        GuestShell.Call waiting = console.run("waiting", LIMIT);
        guest.pass(Duration.ofSeconds(30));

        assertThatThrownBy(waiting::result).hasMessageContaining("not even begun");
        assertThat(guest.heard()).doesNotContain("+waiting");
    }

    @Test
    void aGuestThatFloodsBreaksItsConsole() {
        GuestShell.Call call = console.run("ls", LIMIT);
        for (int i = 0; i < 1100; i++) {
            guest.raw("x".repeat(1023) + "\n");
        }

        assertThat(console.ready()).isFalse();
        assertThat(console.problem()).contains("the guest floods its console");
        assertThatThrownBy(call::result).hasMessage("'ls': the guest floods its console");
        GuestShell.Call later = console.run("ls", LIMIT);
        assertThatThrownBy(later::result).hasMessageContaining("floods");
    }

    @Test
    void aFloodWithoutALineEndBreaksItToo() {
        for (int i = 0; i < 2000; i++) {
            guest.raw("x".repeat(1 << 10));
        }
        guest.raw("\n");
        assertThat(console.problem()).isEmpty();
        for (int i = 0; i < 600; i++) {
            guest.raw("x".repeat(3 << 10) + "\n");
        }
        assertThat(console.problem()).isPresent();
    }

    @Test
    void aFloodOfEmptyLinesBreaksItToo() {
        guest.raw("\n".repeat((1 << 20) + 1));

        assertThat(console.problem()).isPresent();
    }

    @Test
    void aFloodOfFramesThatSayNothingNewBreaksItToo() {
        for (int i = 0; i < 60_000; i++) {
            guest.say(i % 2 == 0 ? "up" : "taken 0");
        }

        assertThat(console.problem()).isPresent();
    }

    @Test
    void noiseThatAnOrdinaryGuestMakesDoesNoHarm() throws Exception {
        for (int minute = 0; minute < 60; minute++) {
            guest.raw("a program wrote this\n".repeat(1000));
            guest.pass(Duration.ofMinutes(1));
        }

        assertThat(console.ready()).isTrue();
    }

    @Test
    void noticesAreTold() {
        guest.say("note beat 1 00ff");
        guest.say("note idle");

        assertThat(guest.notices)
                .containsExactly(
                        new Notice("beat", List.of("1", "00ff")), new Notice("idle", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "note",
                "note ",
                "note Beat 1",
                "note beat  1",
                "note beat \u001b[2J",
                "note beat \u00e4",
                "note beat 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
            })
    void malformedNoticesAreThrownAway(String body) {
        guest.say(body);

        assertThat(guest.notices).isEmpty();
    }

    @Test
    void noticesOfAGuestThatIsNotUpAreThrownAway() {
        FakeGuest booting = new FakeGuest();
        booting.say("note beat 1 00ff");

        assertThat(booting.notices).isEmpty();
    }

    @Test
    void tooManyNoticesBreakTheConsole() {
        for (int i = 0; i < 3000; i++) {
            guest.say("note beat " + i);
        }

        assertThat(console.problem()).contains("the guest floods its console with notices");
        assertThat(guest.notices).hasSize(1000);
    }

    @Test
    void noMoreIsUnderWayThanATerminalHolds() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        guest.onHearing(bytes -> sizes.add(bytes.length));
        GuestShell.Call call = console.run("x".repeat(5000), LIMIT);

        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isBetween(1500, Outbox.WINDOW);
        guest.say("taken 99");
        guest.say("taken 0");
        assertThat(sizes).hasSize(5);
        guest.say("taken 5");
        assertThat(sizes).hasSize(9);
        guest.say("taken 9");
        List<String> heard = guest.heard();
        assertThat(heard).hasSize(12).startsWith(START + " 8 run 1 11").endsWith("+");
        assertThat(heard.subList(1, 11)).containsOnly("-" + "x".repeat(500));
        guest.raw(FakeGuest.answer(1, 0, ""));
        assertThat(call.result().succeeded()).isTrue();
    }

    @Test
    void whatEndsTheGuestEndsEveryCommand() {
        List<GuestShell.Call> told = new ArrayList<>();
        GuestShell.Call first = console.run("first", LIMIT);
        GuestShell.Call second = console.run("second", LIMIT);
        GuestShell.Call beside = console.begin("beside", LIMIT, told::add);
        console.end("vm1 is off");

        for (GuestShell.Call call : List.of(first, second, beside)) {
            assertThat(call.done()).isTrue();
            assertThatThrownBy(call::result).hasMessageEndingWith("vm1 is off");
        }
        assertThat(told).containsExactly(beside);
        guest.say("note beat 1");
        assertThat(guest.notices).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\u0000b", "a\u0002b"})
    void whatTheLineDoesNotCarryIsRefused(String command) {
        GuestShell.Call call = console.run(command, LIMIT);

        assertThatThrownBy(call::result).hasMessageContaining("the line does not carry");
        assertThat(guest.heard()).isEmpty();
    }

    @Test
    void commandsOverTheLimitsAreRefused() {
        GuestShell.Call huge = console.run("x".repeat((2 << 20) + 1), LIMIT);
        assertThatThrownBy(huge::result).hasMessageContaining("2097153 bytes, more than 2097152");
        for (int i = 0; i < 256; i++) {
            console.run("x", LIMIT);
        }
        GuestShell.Call surplus = console.run("x", LIMIT);
        assertThatThrownBy(surplus::result).hasMessageContaining("256 commands are on their way");
    }

    @Test
    void aCommandThatCameGarbledSaysSo() {
        GuestShell.Call call = console.run("ls", LIMIT);
        guest.say("refused 1");

        assertThatThrownBy(call::result).hasMessage("'ls': the guest did not get it whole");
    }

    @Test
    void randomBytesNeverAnswerACommand() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] answer = FakeGuest.answer(1, 0, "the right answer").getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 500; round++) {
            FakeGuest hostile = FakeGuest.up();
            GuestShell.Call call = hostile.console.run("x", LIMIT);
            byte[] altered = answer.clone();
            int at = random.nextInt(altered.length - 1);
            altered[at] = (byte) (altered[at] + 1 + random.nextInt(255));
            hostile.raw(altered);
            boolean right;
            try {
                // The status is the only thing that no checksum covers but the frame's form.
                GuestShell.Result result = call.result();
                right = result.output().equals("the right answer");
            } catch (IOException none) {
                right = true;
            }
            assertThat(right).as("seed %d round %d", seed, round).isTrue();
        }
    }
}
