package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KernelAccountTest {

    private static final String FIRST =
            "Out of memory: Killed process 847 (stressor) total-vm:105196kB, UID:0\r\n";

    private final KernelAccount account = new KernelAccount();

    @Test
    void everyEndIsToldOnce() {
        assertThat(account.news("Linux version 6.1\r\n" + FIRST))
                .containsExactly(new KernelAccount.Ended(
                        847,
                        "stressor",
                        "Out of memory: Killed process 847 (stressor) total-vm:105196kB, UID:0"));
        assertThat(account.news(FIRST + FIRST.replace("847", "9")))
                .extracting(KernelAccount.Ended::number)
                .containsExactly(9L);
    }

    @Test
    void aLineThatIsNotWholeIsWaitedFor() {
        assertThat(account.news(FIRST.strip())).isEmpty();
        assertThat(account.news(FIRST)).hasSize(1);
    }

    @Test
    void whoIsKilledForAnotherReasonIsNotTold() {
        assertThat(account.news("init: Killed process 5 (sh)\r\n")).isEmpty();
        assertThat(account.news("Out of memory: Killed process x (sh) now\r\n")).isEmpty();
    }
}
